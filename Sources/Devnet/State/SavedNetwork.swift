/// What a state directory keeps about the network itself, so that clients find it again after a restart.
struct SavedNetwork: Codable, Sendable {
    static let currentFormat = 2

    struct Seed: Codable, Sendable {
        var port: Int
        var certificate: NodeCertificate
    }

    var format = currentFormat
    var swarmCount: Int
    var addressBlock: Int
    var nodes: [NodeIdentity.Saved]
    var seeds: [Seed]
}
