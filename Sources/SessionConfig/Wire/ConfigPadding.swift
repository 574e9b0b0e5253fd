/// Hides the length of a config: zeros in front, so that the stored size is one of few.
/// - Source: configs.md §7.2
enum ConfigPadding {
    /// What a stored size must be a multiple of.
    private static func step(for size: Int) -> Int {
        switch size {
        case ..<5_120: 256
        case ..<20_480: 1_024
        case ..<40_960: 2_048
        default: 5_120
        }
    }

    /// Length of the padded message for one of `count` bytes.
    static func paddedCount(_ count: Int) -> Int {
        let size = count + ConfigEncryption.overhead
        let step = step(for: size)
        return (size + step - 1) / step * step - ConfigEncryption.overhead
    }

    static func pad(_ message: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 0, count: paddedCount(message.count) - message.count) + message
    }

    static func unpad(_ padded: [UInt8]) -> [UInt8] { Array(padded.drop { $0 == 0 }) }
}
