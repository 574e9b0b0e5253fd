import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

/// A message is read with the help of what is known already: that must never change what comes out of it.
@Suite struct KnownStateTests {
    private let keys: ConfigKeys

    init() throws { keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 9, count: 16)))) }

    @Test func `another state makes no difference to what is read, nor to what is refused`() throws {
        var random = SeededRandom(seed: 4)
        let messages = try states(&random)
        for known in messages {
            for message in messages {
                let same = try ConfigState(message.bytes[...], knowing: known.state)
                #expect(same == message.state)
                #expect(same.encoded(signer: nil) == message.bytes)
                for _ in 0..<40 {
                    var bytes = message.bytes
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                    #expect(Self.read(bytes, known.state) == Self.read(bytes, nil))
                }
            }
        }
    }

    @Test func `records out of order are refused, however well known each is`() throws {
        let (a, b) = ("1:ad1:ni1ee", "1:bd1:ni2ee")
        let known = try ConfigState(Array("d1:#i1e1:&d1:cd\(a)\(b)eee".utf8)[...])
        for records in [b + a, a + a, a + b + a, b + b] {
            let bytes = Array("d1:#i2e1:&d1:cd\(records)eee".utf8)
            #expect(throws: ConfigError.malformed) { try ConfigState(bytes[...], knowing: known) }
        }
    }

    @Test func `what is written otherwise than we would is read alike, and written our way`() throws {
        let odd = Array("d1:#i01e1:&d1:cd1:ad01:ni007eee1:xi-0eee".utf8)
        let plain = Array("d1:#i1e1:&d1:cd1:ad1:ni7eee1:xi0eee".utf8)
        #expect(try ConfigState(odd[...]) == ConfigState(plain[...]))
        #expect(
            try ConfigState(odd[...], knowing: ConfigState(plain[...])).encoded(signer: nil)
                == ConfigState(plain[...]).encoded(signer: nil))
    }

    private static func read(_ bytes: [UInt8], _ known: ConfigState?) -> Result<ConfigState, ConfigError> {
        do { return .success(try ConfigState(bytes[...], knowing: known)) } catch { return .failure(error) }
    }

    /// States of one config after edits, and some of another.
    private func states(_ random: inout SeededRandom) throws -> [ConfigMessage] {
        var all: [ConfigMessage] = [Tree.z(on: Tree.y(on: .empty))]
        var contacts = ContactsConfig(keys: keys)
        for step in 0..<12 {
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let bytes = [UInt8](repeating: UInt8.random(in: 1..<9, using: &random), count: 32)
                guard let id = AccountID(publicKey: bytes) else { continue }
                if Bool.random(using: &random) {
                    try contacts.set(id) { ($0.name, $0.isApproved) = ("Name \(step)", true) }
                } else {
                    try contacts.erase(id)
                }
            }
            let push = try contacts.config.push(now: Date(timeIntervalSince1970: 1_775_000_000))
            contacts.config.confirmPushed(push.sequence, hashes: ["\(step)"])
            all.append(contacts.config.message)
        }
        return all
    }
}
