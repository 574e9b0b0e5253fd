import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

@Suite struct ConfigMessageTests {
    private static let emptyHash = "ea173b57beca8af18c3519a7bbf69c3e7a05d1c049fa9558341d8ebb48b0c965"

    @Test func `the empty message is every config's ancestor`() throws {
        #expect(String(decoding: ConfigMessage.empty.bytes, as: UTF8.self) == "d1:#i0e1:&de1:<le1:=dee")
        #expect(ConfigMessage.empty.hash.hex == Self.emptyHash)
        #expect(try ConfigMessage(ConfigMessage.empty.bytes) == ConfigMessage.empty)
    }

    @Test func `a tree of all kinds, its changes and its merges are those of the document`() throws {
        let base = ConfigMessage(
            ConfigState(sequence: 1, data: Tree.base, diff: ConfigDiff(from: [:], to: Tree.base)), signer: nil)
        #expect(base.hash.hex == "669cfdd508b77ebaa4b93dc4bf03fac737ae8bce5016f685e86811316ed69c00")
        let (x, y) = (Tree.x(on: base), Tree.y(on: base))
        let z = Tree.z(on: y)
        #expect(x.hash.hex == "38b3c98a23fa92c931f780a45c617fc45e7e2871f1af07ad03e5200164070316")
        #expect(y.hash.hex == "1803dfcd9b324a86e5a7e48f2fca33879c983e53d46c3ebd6198141ee1d3a20c")
        #expect(z.hash.hex == "712183052d5689d5aadadadcd1485928ad45de43a18532bf118f90b894f84749")
        for messages in [[x, y], [y, x], [y, base, x, x]] {
            guard case .merged(let draft) = try ConfigMerge(messages) else {
                Issue.record("nothing was merged")
                return
            }
            #expect(
                String(decoding: draft.data.encoded, as: UTF8.self)
                    == "d1:ai2e1:cli2e1:q1:re1:dd1:l1:y1:mi7eee")
            #expect(Self.unpushed(draft) == "e5a15f992a033fbb0fd6bd94a0773499e323264d4a8fb1ffa2e13b817988a71b")
        }
        for messages in [[x, y, z], [z, x, y], [z, x]] {
            guard case .merged(let draft) = try ConfigMerge(messages) else {
                Issue.record("nothing was merged")
                return
            }
            #expect(draft.sequence == 4)
            #expect(Self.unpushed(draft) == "cdf3900584fa38ad67e9ce2d31998e9eacabcd912d279ddcd87cf6349b2287d0")
        }
    }

    /// The hash of a merge result as long as nobody has to see it.
    private static func unpushed(_ draft: ConfigDraft) -> String {
        var state = draft.state
        state.diff = ConfigDiff()
        return ConfigMessage(state, signer: nil).hash.hex
    }

    @Test func `keys of later versions keep their place`() throws {
        let text = "d1:#i3e1:$d1:xi1ee1:&d1:ai1ee1:<le1:=de1:?3:abce"
        let message = try ConfigMessage(Array(text.utf8))
        let next = ConfigDraft(following: message).settled(signer: nil)
        #expect(String(decoding: next.bytes, as: UTF8.self).hasPrefix("d1:#i4e1:$d1:xi1ee1:&d1:ai1ee1:<lli3e"))
        #expect(String(decoding: next.bytes, as: UTF8.self).hasSuffix("1:=de1:?3:abce"))
    }

    @Test(
        arguments: [
            ("d1:!i1e1:#i1e1:&dee", .newerFormat), ("de", .malformed), ("d1:#i1ee", .malformed),
            ("d1:#i-1e1:&dee", .malformed), ("d1:#i1e1:&le1:<lee", .malformed),
            ("d1:#i1e1:&d1:bi1e1:ai1eee", .malformed), ("d1:#i1e1:&d1:ai1e1:ai1eee", .malformed),
            ("d1:#i1e1:&d1:adeee", .malformed), ("d1:#i1e1:&d1:aleee", .malformed),
            ("d1:#i1e1:&d1:ali2ei1eeee", .malformed), ("d1:#i1e1:&d1:al1:xi1eeee", .malformed),
            ("d1:#i1e1:&d1:alleeee", .malformed), ("d1:#i1e1:&d1:a1:", .malformed),
            ("d1:#i9223372036854775808e1:&dee", .malformed), ("d1:#i9223372036854775807e1:&dee", .malformed),
            ("d1:#i2e1:&de1:<lli0e3:abcdeee1:=dee", .malformed),
            ("d1:#i1e1:&de1:=de1:~64:e", .malformed),
        ] as [(String, ConfigError)])
    func `what is no message is refused`(text: String, error: ConfigError) {
        #expect(throws: error) { try ConfigMessage(Array(text.utf8)) }
    }

    @Test func `nothing may stand behind a signature`() throws {
        let signed = "d1:#i1e1:&de1:~64:" + String(repeating: "s", count: 64)
        #expect(throws: Never.self) { try ConfigMessage(Array((signed + "e").utf8)) }
        #expect(throws: ConfigError.malformed) { try ConfigMessage(Array((signed + "1:~i1ee").utf8)) }
        #expect(throws: ConfigError.malformed) { try ConfigMessage(Array((signed + "2:~~i1ee").utf8)) }
    }

    @Test func `only the group's own signature counts`() throws {
        let group = Ed25519.KeyPair.generate()
        let message = ConfigMessage(ConfigState(sequence: 1, data: Tree.base), signer: group)
        #expect(try ConfigMessage(message.bytes, verifyKey: group.publicKey) == message)
        let other = Ed25519.KeyPair.generate().publicKey
        #expect(throws: ConfigError.badSignature) { try ConfigMessage(message.bytes, verifyKey: other) }
        let unsigned = ConfigMessage.empty.bytes
        #expect(throws: ConfigError.badSignature) { try ConfigMessage(unsigned, verifyKey: group.publicKey) }
    }

    @Test func `damaged messages are refused or read, never more`() throws {
        let sample = Tree.z(on: Tree.y(on: .empty)).bytes
        for bytes in BrokenInput.bitFlips(of: sample) + BrokenInput.truncations(of: sample) + BrokenInput.noise(seed: 5)
        {
            if let message = try? ConfigMessage(bytes) { #expect(message.bytes == bytes) }
        }
        let deep = String(repeating: "d1:a", count: 100)
        #expect(throws: ConfigError.malformed) { try ConfigMessage(Array("d1:#i1e1:&\(deep)".utf8)) }
    }
}

/// The tree of configs.md §14, D1.
enum Tree {
    static let base: ConfigDict = [
        key("a"): .scalar(.int(1)), key("b"): .scalar(.bytes(key("x"))),
        key("c"): .set([.int(1), .int(2), .bytes(key("q"))]),
        key("d"): .dict([key("k"): .scalar(.int(5)), key("l"): .scalar(.bytes(key("y")))]),
    ]

    static func x(on message: ConfigMessage) -> ConfigMessage {
        edited(message) { data in
            data.set("a", int: 2)
            data["c"] = .set((data["c"]?.set ?? []).union([.bytes(key("r"))]))
            var inner = data.dict("d")
            inner["k"] = nil
            data["d"] = .dict(inner)
        }
    }

    static func y(on message: ConfigMessage) -> ConfigMessage {
        edited(message) { data in
            data.set("a", int: 3)
            data["b"] = nil
            data["c"] = .set((data["c"]?.set ?? []).subtracting([.int(1)]))
            var inner = data.dict("d")
            inner.set("k", int: 6)
            inner.set("m", int: 7)
            data["d"] = .dict(inner)
        }
    }

    static func z(on message: ConfigMessage) -> ConfigMessage { edited(message) { $0.set("d", text: "scalar") } }

    private static func edited(_ message: ConfigMessage, _ body: (inout ConfigDict) -> Void) -> ConfigMessage {
        var draft = ConfigDraft(following: message)
        // The tree of the document stands on nothing: its lags begin with itself.
        body(&draft.data)
        return draft.settled(signer: nil)
    }

    private static func key(_ text: String) -> [UInt8] { Array(text.utf8) }
}
