import SodiumKit

/// One state of a config as it travels: number, data, what changed, and what changed shortly before.
/// - Source: configs.md §4
struct ConfigMessage: Equatable, Sendable {
    /// How many generations back changes are carried along.
    static let lag: Int64 = 5

    let state: ConfigState
    /// The very bytes that were received or are sent.
    let bytes: [UInt8]
    /// BLAKE2b-256 of `bytes`: the name of this state in the messages after it.
    let hash: [UInt8]

    var sequence: Int64 { state.sequence }
    var data: ConfigDict { state.data }
    var lags: [LagKey: ConfigDiff] { state.lags }
    var diff: ConfigDiff { state.diff }
    var unknown: [[UInt8]: [UInt8]] { state.unknown }
    var key: LagKey { LagKey(sequence: sequence, hash: hash) }

    /// The state that every config begins with.
    static let empty = ConfigMessage(ConfigState(sequence: 0), signer: nil)

    /// Writes a new message.
    init(_ state: ConfigState, signer: Ed25519.KeyPair?) { self.init(state, bytes: state.encoded(signer: signer)) }

    /// Reads a message.
    /// - Parameters:
    ///   - verifyKey: the group's Ed25519 key; without one a signature is not looked at.
    ///   - known: another state of the same config.
    init(_ bytes: [UInt8], verifyKey: [UInt8]? = nil, knowing known: ConfigState? = nil) throws(ConfigError) {
        self.init(try ConfigState(bytes[...], verifyKey: verifyKey, knowing: known), bytes: bytes)
    }

    private init(_ state: ConfigState, bytes: [UInt8]) {
        (self.state, self.bytes) = (state, bytes)
        hash = Blake2b.hash(bytes) ?? []
    }
}

/// Names one state among those of a config.
struct LagKey: Hashable, Comparable, Codable, Sendable {
    let sequence: Int64
    let hash: [UInt8]

    static func < (left: LagKey, right: LagKey) -> Bool {
        left.sequence == right.sequence
            ? left.hash.lexicographicallyPrecedes(right.hash) : left.sequence < right.sequence
    }
}
