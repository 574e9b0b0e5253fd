/// Where random bytes come from. Protocol code takes one as a parameter, so that tests can replay a recorded draw.
public protocol RandomSource: Sendable {
    /// Draws `count` bytes fit for keys.
    func bytes(_ count: Int) -> [UInt8]
}
