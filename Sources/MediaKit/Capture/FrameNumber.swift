/// The number that ``VideoInput/numbered`` writes into every frame: a row of twenty cells along the upper edge, sixteen
/// bits with the highest first, their parity, one white cell and two black ones.
public enum FrameNumber {
    private static let (cells, bits) = (20, 16)

    /// Reads the number from a picture.
    /// - Parameter brightness: of the pixel at a place, 0…255.
    /// - Returns: `nil` when the picture carries none, or is damaged there.
    public static func read(width: Int, height: Int, brightness: (_ x: Int, _ y: Int) -> UInt8) -> Int? {
        guard width >= cells * 4, height >= width / cells else { return nil }
        let row = width / cells / 2
        let isWhite = (0..<cells).map { brightness((2 * $0 + 1) * width / (2 * cells), row) > 127 }
        guard isWhite[bits + 1], !isWhite[bits + 2], !isWhite[bits + 3] else { return nil }
        let ones = isWhite.prefix(bits).count { $0 }
        guard isWhite[bits] == (ones % 2 == 1) else { return nil }
        return isWhite.prefix(bits).reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
    }
}
