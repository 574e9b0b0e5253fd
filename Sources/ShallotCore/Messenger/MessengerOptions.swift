public import Foundation
public import SessionNetwork
public import ShallotStore

/// What a profile is opened with.
public struct MessengerOptions: Sendable {
    /// The data directory; made with mode 0700 when it does not exist.
    public var directory: URL
    public var definition: NetworkDefinition
    /// The desktop keyring; `nil` keeps the key in a file inside the directory.
    public var keyring: KeyringAccess?
    public var network: NetworkOptions
    /// Multiplies the pauses between attempts; tests make it small.
    public var retryScale: Double
    /// The machine's clock.
    public var now: @Sendable () -> Date

    public init(
        directory: URL, definition: NetworkDefinition, keyring: KeyringAccess? = nil, network: NetworkOptions = .init(),
        retryScale: Double = 1, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.directory = directory
        self.definition = definition
        self.keyring = keyring
        self.network = network
        self.retryScale = retryScale
        self.now = now
    }
}
