public import SessionWire

extension AccountID {
    /// The 66 characters in 11 groups of 6, for reading aloud and comparing.
    public nonisolated var grouped: String { description.grouped(by: 6).joined(separator: " ") }

    /// First and last characters, where there is no name and no room.
    public nonisolated var shortened: String { "\(description.prefix(6))…\(description.suffix(4))" }
}

extension String {
    nonisolated func grouped(by size: Int) -> [String] {
        stride(from: 0, to: count, by: size).map { String(dropFirst($0).prefix(size)) }
    }
}
