/// A server that hands out the list of nodes.
struct SeedState: Sendable {
    let host: String
    let server: HTTPServer
    let certificate: NodeCertificate
    var mode = SeedMode.normal

    var url: String { "https://\(host):\(server.port)" }
}

/// What a seed answers.
/// - Source: network.md §9.1
public enum SeedMode: String, Sendable, Codable, CaseIterable {
    case normal
    /// A list without nodes.
    case emptyList
    /// Entries without keys.
    case missingKeys
    /// Entries with the address `0.0.0.0`.
    case noAddresses
    /// The right list as `text/html`.
    case wrongContentType
    /// The right list, after five seconds.
    case slow
    /// Not JSON.
    case garbage
    /// 50 MB.
    case huge
    /// Status 500.
    case failing
}
