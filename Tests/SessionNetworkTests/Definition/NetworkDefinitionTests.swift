import Foundation
import SessionNetwork
import Testing

@Suite("Network definition") struct NetworkDefinitionTests {
    private static let hash = String(repeating: "ab", count: 32)

    private func definition(_ change: (inout [String: Any]) -> Void) throws -> [UInt8] {
        var members: [String: Any] = [
            "name": "Test",
            "seeds": [["url": "https://seed.example:4443", "certificateSHA256": Self.hash]],
        ]
        change(&members)
        return [UInt8](try JSONSerialization.data(withJSONObject: members))
    }

    @Test func `the definition of the main network is valid`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let main = try NetworkDefinition.load(from: root.appending(path: "data/networks/main.json"))
        #expect(main.seeds.count == 3)
        #expect(main.nodes.count == 5)
        #expect(main.fileServer?.url == "http://filev2.getsession.org")
        #expect(main.callRelays.first?.urls.count == 5)
        #expect(main.nameService?.agreeingNodes == 3)
    }

    @Test func `what was written reads back the same`() throws {
        let definition = NetworkDefinition(
            name: "Mine", seeds: [.init(url: "https://127.0.0.1:1", certificateSHA256: Self.hash)],
            nodes: [.init(ed25519: Self.hash, address: "127.0.0.1", port: 2)],
            fileServer: .init(url: "http://files.example", x25519: Self.hash),
            callRelays: [.init(urls: ["turn:relay.example"], username: "a", credential: "b")],
            nameService: .init(agreeingNodes: 3))
        #expect(try NetworkDefinition.parse(definition.encoded()) == definition)
    }

    @Test func `more than 1 MiB is not read`() {
        let bytes = [UInt8](repeating: 0x20, count: NetworkDefinition.maximumSize + 1)
        #expect(throws: NetworkDefinitionError.tooLarge) { try NetworkDefinition.parse(bytes) }
    }

    @Test func `a file that is not there has its own error`() {
        let url = URL(filePath: "/nonexistent/network.json")
        #expect(throws: NetworkDefinitionError.unreadable(path: "network.json")) {
            try NetworkDefinition.load(from: url)
        }
    }

    @Test(arguments: ["", "[]", "{", "nonsense", "\u{0}"])
    func `what is no object is refused`(text: String) {
        #expect(throws: NetworkDefinitionError.notJSON) { try NetworkDefinition.parse(Array(text.utf8)) }
    }

    @Test func `a missing name is named`() throws {
        let bytes = try definition { $0["name"] = nil }
        #expect(throws: NetworkDefinitionError.missing(member: "name")) { try NetworkDefinition.parse(bytes) }
    }

    @Test func `a wrong type is named`() throws {
        let bytes = try definition { $0["nodes"] = [["ed25519": Self.hash, "address": "1.2.3.4", "port": "x"]] }
        #expect(throws: NetworkDefinitionError.wrongType(member: "nodes.1.port")) { try NetworkDefinition.parse(bytes) }
        let tooBig = try definition { $0["nodes"] = [["ed25519": Self.hash, "address": "1.2.3.4", "port": 70_000]] }
        #expect(throws: NetworkDefinitionError.invalid(member: "a number", reason: .hugeNumber)) {
            try NetworkDefinition.parse(tooBig)
        }
    }

    @Test func `a newer format is refused`() throws {
        let bytes = try definition { $0["format"] = 2 }
        #expect(throws: NetworkDefinitionError.unknownFormat(2)) { try NetworkDefinition.parse(bytes) }
    }

    @Test func `there has to be something to start from`() throws {
        let bytes = try definition { $0["seeds"] = [String]() }
        #expect(throws: NetworkDefinitionError.nothingToStartFrom) { try NetworkDefinition.parse(bytes) }
    }

    @Test(arguments: [
        "http://seed.example:4443", "ftp://seed.example", "https://", "https://user@seed.example", "https://se ed",
        "https://seed.example/path", "https://seed.example:0", "https://seed.example:99999", "seed.example",
    ])
    func `a seed needs an https address`(url: String) throws {
        let bytes = try definition { $0["seeds"] = [["url": url, "certificateSHA256": Self.hash]] }
        #expect(throws: NetworkDefinitionError.self) { try NetworkDefinition.parse(bytes) }
    }

    @Test func `https without a certificate is refused`() throws {
        let bytes = try definition { $0["seeds"] = [["url": "https://seed.example"]] }
        #expect(throws: NetworkDefinitionError.missing(member: "seeds.1.certificateSHA256")) {
            try NetworkDefinition.parse(bytes)
        }
    }

    @Test func `plain http is for this machine only`() throws {
        let bytes = try definition { $0["seeds"] = [["url": "http://127.0.0.1:8080"]] }
        #expect(try NetworkDefinition.parse(bytes).seeds.first?.certificateSHA256 == nil)
    }

    @Test(arguments: ["ab", "zz", String(repeating: "ab", count: 31)])
    func `a certificate's hash has 64 hexadecimal characters`(hash: String) throws {
        let bytes = try definition { $0["seeds"] = [["url": "https://seed.example", "certificateSHA256": hash]] }
        #expect(throws: NetworkDefinitionError.self) { try NetworkDefinition.parse(bytes) }
    }

    @Test func `random bytes never trap`() {
        var generator = SystemRandomNumberGenerator()
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(throws: NetworkDefinitionError.self) { try NetworkDefinition.parse(bytes) }
        }
    }
}
