/// Where the network layer keeps what outlives the process: the list of nodes, entry nodes, swarms, strikes.
/// Values are opaque; losing them costs a slower next start and other entry nodes.
public struct NetworkStateStorage: Sendable {
    public var load: @Sendable (_ key: String) async -> [UInt8]?
    /// `nil` removes the value.
    public var save: @Sendable (_ key: String, _ value: [UInt8]?) async -> Void

    public init(
        load: @escaping @Sendable (_ key: String) async -> [UInt8]?,
        save: @escaping @Sendable (_ key: String, _ value: [UInt8]?) async -> Void
    ) {
        self.load = load
        self.save = save
    }
}
