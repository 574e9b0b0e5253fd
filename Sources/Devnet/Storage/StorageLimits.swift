/// The numbers of the storage protocol; times in milliseconds.
/// - Source: network.md §4.2
enum StorageLimits {
    static let maximumData = 76_800
    static let minimumLifetime: Int64 = 10_000
    static let maximumLifetime: Int64 = 30 * 86_400_000
    /// How far a store's times may be off.
    static let storeTolerance: Int64 = 10_000
    /// How far a signature's time may be off.
    static let signatureTolerance: Int64 = 60_000
    /// The same for requests that another member hands on.
    static let forwardedTolerance: Int64 = 70_000
    static let retrieveSize = 7_800_000
    /// Weight of a message in a reply, besides its data.
    static let messageOverhead = 143
    static let maximumBatch = 20
    static let maximumRevocations = 50
}
