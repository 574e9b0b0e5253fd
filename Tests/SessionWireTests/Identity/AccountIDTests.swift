import BaseKit
import Foundation
import SessionWire
import SodiumKit
import Testing

@Suite struct AccountIDTests {
    private static let text = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"

    @Test func `the text form goes both ways and is lower case`() throws {
        let id = try #require(AccountID(Self.text.uppercased()))
        #expect(id.description == Self.text)
        #expect(AccountID(publicKey: id.publicKey) == id)
        #expect(id.bytes.hex == Self.text)
        #expect(id.redacted == "05d2…3a72")
    }

    private static let others: [String] = {
        let key = text.dropFirst(2)
        return [
            "", "05", " \(text)", "\(text) ", String(text.dropLast()), "\(text)0", "03\(key)", "15\(key)", "0x\(key)",
            text.replacing("d2", with: "g2"), "٠٥\(key)", String(repeating: "0", count: 66),
        ]
    }()

    @Test(arguments: others)
    func `anything else is no account ID`(text: String) {
        #expect(AccountID(text) == nil)
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a key of another length is none`(count: Int) {
        let key = [UInt8](repeating: 9, count: count)
        #expect(AccountID(publicKey: key) == nil)
        #expect(GroupID(publicKey: key) == nil)
        #expect(BlindedID(scheme: .current, publicKey: key) == nil)
    }

    @Test(arguments: [
        text, text.uppercased(), "  \(text)\n", "\(text.prefix(33)) \(text.dropFirst(33))", "\t\u{a0}\(text)\u{2009}",
        text.enumerated().map { $0 % 4 == 3 ? "\($1) " : "\($1)" }.joined(),
    ])
    func `what people paste is read`(input: String) throws {
        #expect(try AccountID.parse(userInput: input).description == Self.text)
    }

    private static let mistakes: [(String, AccountIDError)] = {
        let key = text.dropFirst(2)
        let zeros = String(repeating: "0", count: 62)
        let entries: [(String, AccountIDError)] = [
            ("", .empty), (" \n", .empty), ("05", .wrongLength(2)), ("hello", .notHexadecimal),
            (String(repeating: "z", count: 66), .notHexadecimal),
            (String(repeating: "a", count: 100_000), .wrongLength(1_000)),
        ]
        let prefixes: [(String, AccountIDError)] = [
            ("04\(key)", .wrongPrefix("04")), ("03\(key)", .groupID), ("15\(key)", .blindedID),
            ("25\(key)", .blindedID),
            ("\(text)00", .wrongLength(68)), ("0500\(zeros)", .notAKey), ("0501\(zeros)", .notAKey),
        ]
        return entries + prefixes
    }()

    @Test(arguments: mistakes)
    func `each mistake has its own error`(input: String, error: AccountIDError) {
        #expect(throws: error) { try AccountID.parse(userInput: input) }
    }

    @Test func `ids are coded as their text`() throws {
        let id = try #require(AccountID(Self.text))
        let data = try JSONEncoder().encode([id])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(Self.text)\"]")
        #expect(try JSONDecoder().decode([AccountID].self, from: data) == [id])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([AccountID].self, from: Data("[\"05\"]".utf8)) }
    }

    @Test(arguments: [
        text, "03" + text.dropFirst(2), "https://example.org/room",
    ])
    func `a conversation comes back from its raw value`(text: String) throws {
        let id = try #require(ConversationID(rawValue: text))
        #expect(id.rawValue == text)
        #expect((id.accountID != nil) == text.hasPrefix("05"))
        #expect(!id.redacted.contains("example"))
        let data = try JSONEncoder().encode([id])
        #expect(try JSONDecoder().decode([ConversationID].self, from: data) == [id])
    }

    @Test(arguments: [
        "", "15" + text.dropFirst(2), "ftp://example.org", "https://" + String(repeating: "a", count: 3_000),
    ])
    func `other texts are no conversation`(text: String) {
        #expect(ConversationID(rawValue: text) == nil)
    }

    @Test func `blinded ids know their scheme`() throws {
        #expect(BlindedID("15" + Self.text.dropFirst(2))?.scheme == .legacy)
        #expect(BlindedID("25" + Self.text.dropFirst(2))?.scheme == .current)
        #expect(BlindedID(Self.text) == nil)
        #expect(GroupID(Self.text) == nil)
        #expect(GroupID("03" + Self.text.dropFirst(2))?.description == "03" + Self.text.dropFirst(2))
    }

    @Test(arguments: [0, 15, 17, 32])
    func `a seed of another size makes no account`(count: Int) {
        #expect(throws: AccountKeysError.wrongSeedSize(count)) {
            try AccountKeys(seed: SecretBytes([UInt8](repeating: 1, count: count)))
        }
    }

    @Test func `new accounts differ and can be restored`() throws {
        let (one, two) = (AccountKeys.generate(), AccountKeys.generate())
        #expect(one.accountID != two.accountID)
        #expect(try AccountKeys(seed: one.seed).accountID == one.accountID)
        #expect(AccountID(ed25519PublicKey: one.ed25519PublicKey) == one.accountID)
    }
}
