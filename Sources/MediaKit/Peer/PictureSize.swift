/// How large the pictures are that we send.
/// - Source: calls.md §8
enum PictureSize: Int, Sendable, Comparable {
    case small = 180
    case middle = 360
    case large = 720

    static func < (one: PictureSize, other: PictureSize) -> Bool { one.rawValue < other.rawValue }

    /// Where the source has another shape, black fills the rest.
    var form: String {
        "video/x-raw,format=I420,width=\(rawValue * 16 / 9),height=\(rawValue),framerate=30/1,pixel-aspect-ratio=1/1"
    }

    /// The size for a rate, from the size that was used so far: it takes more to grow than to stay.
    /// - Parameters:
    ///   - rate: bits a second.
    ///   - isLarge: the source has more to give than the middle size.
    ///   - isScreen: words are to be read: better few pictures than small ones.
    func next(rate: Int, isLarge: Bool, isScreen: Bool) -> PictureSize {
        if isScreen { return rate < (self == .large ? 200_000 : 300_000) ? .middle : .large }
        if isLarge, rate >= (self == .large ? 700_000 : 1_000_000) { return .large }
        return rate < (self == .small ? 250_000 : 160_000) ? .small : .middle
    }
}
