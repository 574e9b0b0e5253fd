extension Duration {
    /// Whole milliseconds, rounded towards zero: the unit of all times in the network.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
