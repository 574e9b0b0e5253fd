import Foundation
import SessionNetwork
import ShallotCore
import Testing

@testable import ShallotModels

@MainActor @Suite("The network's servers", .timeLimit(.minutes(1))) struct NetworkServersTests {
    let directory: URL
    let choice: NetworkChoice

    init() throws {
        directory = Profile.freshDirectory()
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        choice = NetworkChoice(named: nil, directory: directory, installed: directory.appending(path: "installed.json"))
        try Data(Self.definition("Installed").encoded()).write(to: directory.appending(path: "installed.json"))
    }

    private static func definition(_ name: String) -> NetworkDefinition {
        NetworkDefinition(name: name, seeds: [.init(url: "http://127.0.0.1:9", certificateSHA256: nil)])
    }

    private func model() throws -> NetworkServersModel {
        NetworkServersModel(definition: try choice.load(), source: choice.source) { [choice] in try $0.apply(to: choice)
        }
    }

    @Test func `another network is chosen, kept, and given up again`() async throws {
        let file = directory.appending(path: "mine.json")
        try Data(Self.definition("Mine").encoded()).write(to: file)
        let model = try model()
        #expect(model.source == .installed && !model.canReset)
        await model.choose(file)
        #expect(model.notice == nil)
        try FileManager.default.removeItem(at: file)
        let chosen = try self.model()
        #expect(chosen.definition.name == "Mine" && chosen.canReset)
        let mode = try FileManager.default.attributesOfItem(atPath: directory.appending(path: "network.json").path)
        #expect(mode[.posixPermissions] as? Int == 0o600)
        await chosen.reset()
        #expect(try self.model().definition.name == "Installed")
    }

    @Test(arguments: [
        ("{", "not a JSON object"), ("{}", "“name” is missing"), (#"{"name":3}"#, "“name” is of the wrong kind"),
        (#"{"name":"x","seeds":[]}"#, "no server"), (#"{"name":"x","format":9,"seeds":[]}"#, "newer version"),
        (#"{"name":"x","seeds":[{"url":"ftp://x"}]}"#, "seeds.1.url"),
        (#"{"name":"x","seeds":[{"url":"ftp://x"}]}"#, "it must be an address like https://host:port"),
        (#"{"name":"","seeds":[]}"#, "it needs 1 to 64 characters"),
    ])
    func `a file that describes no network is refused with the reason`(text: String, words: String) async throws {
        let file = directory.appending(path: "bad.json")
        try Data(text.utf8).write(to: file)
        let model = try model()
        await model.choose(file)
        #expect(model.notice?.text.contains(words) == true, "\(model.notice?.text ?? "nothing")")
        #expect(choice.source == .installed)
    }

    @Test func `what was named at the start cannot be changed here`() async throws {
        let named = NetworkChoice(
            named: directory.appending(path: "installed.json"), directory: directory, installed: nil)
        let model = NetworkServersModel(definition: try named.load(), source: named.source) { try $0.apply(to: named) }
        #expect(!model.canChange)
        await model.choose(directory.appending(path: "installed.json"))
        #expect(try !FileManager.default.contentsOfDirectory(atPath: directory.path).contains("network.json"))
    }

    @Test func `a saved copy can be chosen`() async throws {
        let model = try model()
        let copy = directory.appending(path: "copy.json")
        #expect(model.save(to: copy))
        await model.choose(copy)
        #expect(try choice.load() == model.definition)
        #expect(!model.save(to: URL(filePath: "/proc/nowhere/copy.json")))
    }

    @Test func `every reason is worded for readers, not for logs`() {
        let reasons: [NetworkDefinitionError.Reason] = [
            .nameLength(1...64), .tooMany(1), .tooMany(64), .outside(1...10), .hugeNumber, .noServerAddress,
            .noWebAddress, .noIPv4Address, .noRelayAddress, .noAddresses, .plainHTTP, .noKey,
        ]
        #expect(Set(reasons.map(\.words)).count == reasons.count)
        for reason in reasons {
            #expect(!reason.words.contains("{") && reason.words.count > 10)
            #expect(Notice(NetworkDefinitionError.invalid(member: "x", reason: reason)).text.hasSuffix(reason.words))
        }
    }
}
