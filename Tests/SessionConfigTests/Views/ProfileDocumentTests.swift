import BaseKit
import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import SessionConfig

/// The worked examples U1 to U3: a profile, what it is stored as, and a conflict about it.
/// - Source: configs.md §14
@Suite struct ProfileDocumentTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private let account: AccountKeys
    private var keys: ConfigKeys { ConfigKeys(account: account) }

    init() throws {
        let seed = try #require([UInt8](hex: "0123456789abcdef0123456789abcdef"))
        account = try AccountKeys(seed: SecretBytes(seed))
    }

    @Test func `an empty profile`() throws {
        var config = SharedConfig(.userProfile, keys: keys)
        let wrapped = try config.push(now: now).blobs[0]
        #expect(wrapped.count == 432)
        #expect(wrapped.hex.hasPrefix("080112ab030a0012001aa20308062801429b0326ec9746282053eb"))
        #expect(Blake2b.hash(wrapped)?.hex == "771d784d154dc64762ff42bc01871aba77d0132390e8207f2d3936054a9c9bc5")
        #expect(ConfigWrap.unwrap(wrapped, kind: .userProfile, keys: account)?.count == 256)
    }

    @Test func `a name and a picture`() throws {
        var config = try kallie()
        let wrapped = try config.push(now: now).blobs[0]
        let expected =
            "d1:#i1e1:&d1:+i9e1:n6:Kallie1:p34:http://example.org/omg-pic-123.bmp1:q32:"
            + "secret78901234567890123456789012e1:<lli0e32:" + "HHHHdeee1:=d1:+0:1:n0:1:p0:1:q0:ee"
        #expect(config.message.bytes == Self.bytes(expected, ConfigMessage.empty.hash))
        #expect(config.message.hash.hex == "9d12fda7a98ec51c11e3b13abc361f82af271b8c6728228dba8cc9d4b7fe42e1")
        #expect(wrapped.count == 432)
        #expect(Blake2b.hash(wrapped)?.hex == "cef2b1b154463b4430a8510f1c2d22088df365f4fb29e720c0371bc54af2a0d3")
        let bare = try #require(ConfigWrap.unwrap(wrapped, kind: .userProfile, keys: account))
        #expect(bare.count == 256)
        #expect(Blake2b.hash(bare)?.hex == "ec41c98639e6fc14cb1faf0d03d2451f6977954a385f01e09f47b3e5e9a55a02")
    }

    @Test func `two devices change it at the same time`() throws {
        var base = try kallie()
        base.confirmPushed(try base.push(now: now).sequence, hashes: ["u2"])
        var (p, q) = (base, base)
        try p.edit { data throws(ConfigError) in data.set("n", text: "Nibbler") }
        let expected =
            "d1:#i2e1:&d1:+i9e1:n7:Nibbler1:p34:http://example.org/omg-pic-123.bmp1:q32:"
            + "secret78901234567890123456789012e1:<lli0e32:" + "HHHHdeeli1e32:"
            + "HHHHd1:+0:1:n0:1:p0:1:q0:eee1:=d1:n0:ee"
        #expect(p.message.bytes == Self.bytes(expected, ConfigMessage.empty.hash, base.message.hash))
        #expect(p.message.hash.hex == "ecad80272b2fa68171cc6adcf6cba9a26a54d083799a7b9ad7ae76a2f58a09e8")
        try q.edit { data throws(ConfigError) in
            data.set("n", text: "Raz")
            data.set("p", text: "http://new.example.com/pic")
            data.set("q", text: "qwert\0yuio1234567890123456789012")
            data.set("e", int: 86_400)
            data.set("M", int: 1)
        }
        #expect(Self.text(q.message.diff) == "d1:M0:1:e0:1:n0:1:p0:1:q0:e")
        #expect(q.message.hash.hex == "4be39976ba4495c5d8895250e22a0b5126257f6e8d99499ce66c57d956af7f24")

        let stored = try [(p, "p"), (q, "q")].map { config, name in
            var config = config
            let push = try config.push(now: now)
            config.confirmPushed(push.sequence, hashes: [name])
            return (config, StoredConfig(hash: name, data: push.blobs[0]))
        }
        for (config, other) in [(stored[0].0, stored[1].1), (stored[1].0, stored[0].1)] {
            var merged = config
            #expect(merged.merge([other], now: now) == [other.hash])
            let data =
                "d1:+i9e1:Mi1e1:ei86400e1:n7:Nibbler1:p26:http://new.example.com/pic1:q32:"
                + "qwert\0yuio1234567890123456789012e"
            #expect(String(decoding: merged.data.encoded, as: UTF8.self) == data)
            let message = merged.message
            #expect(message.sequence == 3)
            #expect(message.lags.keys.sorted().map(\.sequence) == [0, 1, 2, 2])
            #expect(message.lags.keys.sorted().suffix(2).map(\.hash) == [q.message.hash, p.message.hash])
            #expect(Self.text(message.diff) == "d1:+0:1:M0:1:e0:1:n0:1:p0:1:q0:e")
            #expect(message.hash.hex == "4c7bc1cc830a0a39df677619fc1c0028268d87013a4a237d184fe3d74cf65c4b")
            #expect(merged.obsolete == ["p", "q"])
        }
    }

    private func kallie() throws -> SharedConfig {
        var config = SharedConfig(.userProfile, keys: keys)
        try config.edit { data throws(ConfigError) in
            data.set("n", text: "Kallie")
            data.set("p", text: "http://example.org/omg-pic-123.bmp")
            data.set("q", text: "secret78901234567890123456789012")
            data.set("+", int: 9)
        }
        return config
    }

    /// - Parameter hashes: stand where the text says `HHHH`.
    private static func bytes(_ text: String, _ hashes: [UInt8]...) -> [UInt8] {
        let pieces = text.components(separatedBy: "HHHH").map { Array($0.utf8) }
        return zip(pieces, hashes + [[]]).flatMap { $0 + $1 }
    }

    private static func text(_ diff: ConfigDiff) -> String { String(decoding: diff.encoded, as: UTF8.self) }
}
