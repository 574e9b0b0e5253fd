import BaseKit

extension NetworkDefinition {
    /// Checks every member, so that later layers can rely on them.
    public func validate() throws(NetworkDefinitionError) {
        guard format == Self.currentFormat else { throw .unknownFormat(format) }
        guard !name.isEmpty, name.count <= 64 else { throw .invalid(member: "name", reason: .nameLength(1...64)) }
        for (member, count) in [("seeds", seeds.count), ("nodes", nodes.count), ("callRelays", callRelays.count)]
        where count > Self.maximumEntries {
            throw .invalid(member: member, reason: .tooMany(Self.maximumEntries))
        }
        guard !seeds.isEmpty || !nodes.isEmpty else { throw .nothingToStartFrom }
        for (index, seed) in seeds.enumerated() { _ = try seed.endpoint(member: "seeds.\(index + 1)") }
        for (index, node) in nodes.enumerated() { try node.validate(member: "nodes.\(index + 1)") }
        try fileServer?.validate()
        for (index, relay) in callRelays.enumerated() { try relay.validate(member: "callRelays.\(index + 1)") }
        if let nameService, !(1...10).contains(nameService.agreeingNodes) {
            throw .invalid(member: "nameService.agreeingNodes", reason: .outside(1...10))
        }
    }
}

extension NetworkDefinition {
    /// Whether the network starts on this very machine, so that it needs no connection.
    var isLocal: Bool {
        guard let first = seeds.first else { return false }
        return WebAddress(first.url)?.isLoopback ?? false
    }
}

extension NetworkDefinition.Seed {
    /// Where the seed listens and how it is recognised.
    func endpoint(member: String = "seeds") throws(NetworkDefinitionError) -> Endpoint {
        guard let url = WebAddress(url), url.path == "" || url.path == "/" else {
            throw .invalid(member: "\(member).url", reason: .noServerAddress)
        }
        guard url.isSecure else {
            guard certificateSHA256 == nil, url.isLoopback else {
                throw .invalid(member: "\(member).url", reason: .plainHTTP)
            }
            return Endpoint(host: url.host, port: url.port, security: .none)
        }
        guard let certificateSHA256 else { throw .missing(member: "\(member).certificateSHA256") }
        guard let digest = [UInt8](hex: certificateSHA256), digest.count == 32 else {
            throw .invalid(member: "\(member).certificateSHA256", reason: .noKey)
        }
        return Endpoint(host: url.host, port: url.port, security: .pinned(certificateSHA256: digest))
    }
}

extension NetworkDefinition.StaticNode {
    func validate(member: String) throws(NetworkDefinitionError) {
        guard [UInt8](hex: ed25519)?.count == 32 else {
            throw .invalid(member: "\(member).ed25519", reason: .noKey)
        }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) else {
            throw .invalid(member: "\(member).address", reason: .noIPv4Address)
        }
        guard port != 0 else { throw .invalid(member: "\(member).port", reason: .outside(1...65_535)) }
    }
}

extension NetworkDefinition.FileServer {
    func validate() throws(NetworkDefinitionError) {
        guard WebAddress(url) != nil else {
            throw .invalid(member: "fileServer.url", reason: .noWebAddress)
        }
        for (name, key) in [("x25519", x25519), ("ed25519", ed25519 ?? x25519)] where [UInt8](hex: key)?.count != 32 {
            throw .invalid(member: "fileServer.\(name)", reason: .noKey)
        }
    }
}

extension NetworkDefinition.CallRelay {
    func validate(member: String) throws(NetworkDefinitionError) {
        guard !urls.isEmpty, urls.count <= NetworkDefinition.maximumEntries else {
            throw .invalid(member: "\(member).urls", reason: .noAddresses)
        }
        for url in urls {
            guard ["stun:", "turn:", "turns:", "stuns:"].contains(where: url.hasPrefix), url.utf8.count <= 512 else {
                throw .invalid(member: "\(member).urls", reason: .noRelayAddress)
            }
        }
    }
}
