import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct DirectMessageTests {
    private let alice: AccountKeys
    private let bob: AccountKeys
    private let stored: [UInt8]
    private let content = MessageContent(kind: .data(DataMessage(body: "hello")), sentTimestamp: 1_770_000_000_000)

    init() throws {
        alice = try AccountKeys(seed: SecretBytes([UInt8](hex: "0123456789abcdef0123456789abcdef") ?? []))
        bob = try AccountKeys(seed: SecretBytes([UInt8](hex: "00112233445566778899aabbccddeeff") ?? []))
        stored = try DirectMessage.encode(content, from: alice, to: bob.accountID, random: SystemRandom())
    }

    /// - Source: identity-and-messages.md §3.12
    @Test func `the documented message is read`() throws {
        let text = """
            CAESiQMKABIAGoADCAYogMji4cEzOAFCsAL2MFhixOruEyR3QxG+vMJUdJYNrNxOPeP6uze0n+2mfXKkqjzDIKRFa/2zkbEu
            j6m55SbaSW73bNugMhNuZ5LH0m7+hui/nIuQPAVovDRdoSctyNNTzAnWjXxADPm9h78Jph4KhL0L0poWhbTwdQzfTzwkGxH7
            Hp0a0/fZ6AQ7U8MzR+OL/S+4C3zS4DaX0TuQyn5CxlnAuiWelFQyJ+yaaes4uJDldaJc/MbRyjolexoCbgGtCQczZhEjAsFJ
            +hwqd7itmqCz8LpFg2IKQnvoBYnpk6x/DR7gpHz8LNvUbApBHNpnzZys2YRPwQAb1hkUFNsreH9jycIwm3YSm1lM5EESX30h
            CpxZ1As5sUlvwJIbqyMJt56cvKjSLaPFI9RZ1L7w+1nfSYHc5b+eTIGXWkA+VMRBkn+fDuXhPjTwsEBMUENlGo9LfvCHocQi
            YqhdCsgJyWd/RYnh2QDVWMmKFg26EEswA2swa35wAtojL5oGIAA=
            """
        let bytes = try #require([UInt8](base64: text.replacing("\n", with: "")))
        #expect(bytes.count == 398)
        let decoded = try DirectMessage.decode(bytes, keys: bob)
        #expect(decoded.sender == alice.accountID)
        #expect(decoded.content == content)
        #expect(content.encoded().hex == "0a070a0568656c6c6f600068007880c8e2e1c133")
    }

    @Test func `the documented deterministic ciphertext is made`() throws {
        let sealed = try SessionEncryption.encryptDeterministic(Array("hello".utf8), from: alice, to: bob.accountID)
        #expect(sealed.hex.hasPrefix("208f96785db92319bc7a14afecc01e17bde912d17bbb32834c03ea63b1862c2a"))
        #expect(sealed.hex.hasSuffix("e365ebddc146"))
        #expect(try SessionEncryption.decrypt(sealed, keys: bob).sender == alice.accountID)
    }

    /// - Source: identity-and-messages.md §3.11
    @Test(arguments: [
        (SharedConfigMessage.Kind.userProfile, "e5bcbe0595e82d55e80079dc9cf8c8b6952c099ee8306c413833e0eecd45ce03"),
        (.contacts, "1573a2e233008a47f445a8f1b328fe37bcd49450c94b743202b68902a1a94a89"),
        (.conversationVolatile, "121dabefb251fa586c14f7e9c82590361c2db4efcb9817771bb4d9b0aaba9362"),
        (.userGroups, "b78bd9b62719db76ff7a9ec59eef3de0b4aaee4e4d55b515f70b04d674f8b8a9"),
    ])
    func `wrapped configs are those of the document`(kind: SharedConfigMessage.Kind, hash: String) throws {
        let config = SharedConfigMessage(kind: kind, sequence: 1, data: Array("Hello from the other side".utf8))
        let wrapped = try WrappedConfig.wrap(config, keys: alice)
        #expect(Blake2b.hash(wrapped)?.hex == hash)
        #expect(WrappedConfig.unwrap(wrapped, keys: alice) == config)
        #expect(WrappedConfig.unwrap(wrapped, keys: bob) == nil)
        #expect(WrappedConfig.unwrap(Array("d1:#i1ee".utf8), keys: alice) == nil)
    }

    @Test func `a config from somebody else is not taken for ours`() throws {
        let config = SharedConfigMessage(kind: .contacts, sequence: 1, data: [1])
        let content = MessageContent(kind: .sharedConfig(config), sentTimestamp: nil)
        let stored = try DirectMessage.seal(
            content.encoded(), timestamp: 1, from: bob, to: alice.accountID, random: SystemRandom())
        #expect(WrappedConfig.unwrap(stored, keys: alice) == nil)
    }

    @Test func `a message is for its recipient only`() throws {
        let decoded = try DirectMessage.decode(stored, keys: bob)
        #expect(decoded.sender == alice.accountID)
        #expect(decoded.timestamp == 1_770_000_000_000)
        #expect(decoded.content == content)
        #expect(throws: DirectMessageError.undecryptable) { try DirectMessage.decode(stored, keys: alice) }
    }

    @Test func `every message carries a signature of 64 bytes`() throws {
        let envelope = try Envelope.decode(WebSocketMessage.unwrap(stored))
        #expect(envelope.proSignature?.count == 64)
        #expect(envelope.kind == .direct)
        let again = try DirectMessage.encode(content, from: alice, to: bob.accountID, random: SystemRandom())
        #expect(again != stored)
        #expect(again.count == stored.count)
    }

    @Test(arguments: [-1, 1])
    func `another time in the envelope is refused`(offset: Int64) throws {
        var envelope = try Envelope.decode(WebSocketMessage.unwrap(stored))
        envelope.timestamp = UInt64(Int64(envelope.timestamp) + offset)
        let altered = WebSocketMessage.wrap(envelope.encoded())
        #expect(throws: DirectMessageError.timestampMismatch) { try DirectMessage.decode(altered, keys: bob) }
    }

    @Test(arguments: [nil, 0] as [UInt64?])
    func `messages of old clients say no time inside`(sent: UInt64?) throws {
        var old = content
        old.sentTimestamp = sent
        let stored = try DirectMessage.seal(
            old.encoded(), timestamp: 5, from: alice, to: bob.accountID, random: SystemRandom())
        #expect(try DirectMessage.decode(stored, keys: bob).timestamp == 5)
        #expect(throws: DirectMessageError.noTimestamp) {
            try DirectMessage.encode(old, from: alice, to: bob.accountID, random: SystemRandom())
        }
    }

    @Test func `a later protocol version is told apart`() {
        #expect(throws: DirectMessageError.protocolV2) { try DirectMessage.decode([0, 2] + stored, keys: bob) }
        #expect(throws: DirectMessageError.protocolV2) { try DirectMessage.decode([0], keys: bob) }
    }

    @Test func `what no swarm stores is neither made nor read`() throws {
        let long = MessageContent(
            kind: .data(DataMessage(body: String(repeating: "x", count: 77_000))), sentTimestamp: 1)
        #expect(throws: DirectMessageError.self) {
            try DirectMessage.encode(long, from: alice, to: bob.accountID, random: SystemRandom())
        }
        let tooLong = [UInt8](repeating: 8, count: DirectMessage.maximumSize + 1)
        #expect(throws: DirectMessageError.tooLong(76_801)) { try DirectMessage.decode(tooLong, keys: bob) }
    }

    @Test func `nothing is sent to a key that nobody can own`() throws {
        let nobody = try #require(AccountID("05" + String(repeating: "0", count: 64)))
        #expect(throws: DirectMessageError.unusableRecipient) {
            try DirectMessage.encode(content, from: alice, to: nobody, random: SystemRandom())
        }
    }

    @Test(arguments: ["", "05abc", "12345"])
    func `the source is empty or an account`(source: String) throws {
        var envelope = try Envelope.decode(WebSocketMessage.unwrap(stored))
        envelope.source = source
        envelope.namesDevice = false
        envelope.kind = .group
        let altered = WebSocketMessage.wrap(envelope.encoded())
        if source.isEmpty {
            #expect(try DirectMessage.decode(altered, keys: bob).content == content)
        } else {
            #expect(throws: DirectMessageError.malformed(.envelope(.badSource))) {
                try DirectMessage.decode(altered, keys: bob)
            }
        }
    }

    @Test(arguments: [0, 63, 65])
    func `a signature of another length is refused`(count: Int) throws {
        var envelope = try Envelope.decode(WebSocketMessage.unwrap(stored))
        envelope.proSignature = [UInt8](repeating: 1, count: count)
        #expect(throws: EnvelopeError.badProSignature) { try Envelope.decode(envelope.encoded()) }
        envelope.proSignature = nil
        #expect(try Envelope.decode(envelope.encoded()).proSignature == nil)
    }

    @Test func `an envelope without time or content is refused`() throws {
        #expect(throws: EnvelopeError.noTimestamp) {
            try Envelope.decode(Envelope(kind: .direct, timestamp: 0, content: [1]).encoded())
        }
        #expect(throws: EnvelopeError.noContent) {
            try Envelope.decode(Envelope(kind: .direct, timestamp: 1, content: []).encoded())
        }
        #expect(throws: EnvelopeError.noBody) { try WebSocketMessage.unwrap([0x08, 0x01]) }
        #expect(throws: EnvelopeError.noBody) { try WebSocketMessage.unwrap([]) }
    }

    @Test func `fields of the future do no harm`() throws {
        // Field 99 with one byte, behind envelope and request alike.
        let unknown: [UInt8] = [0x9a, 0x06, 0x01, 0x07]
        let envelope = try WebSocketMessage.unwrap(stored) + unknown
        let altered = WebSocketMessage.wrap(envelope) + unknown
        #expect(try DirectMessage.decode(altered, keys: bob).content == content)
    }

    @Test func `broken items are refused and never crash`() throws {
        for broken in BrokenInput.truncations(of: stored) {
            #expect(throws: DirectMessageError.self) { try DirectMessage.decode(broken, keys: bob) }
        }
        for broken in BrokenInput.noise(seed: 1) {
            #expect(throws: DirectMessageError.self) { try DirectMessage.decode(broken, keys: bob) }
        }
        // A flip outside the ciphertext may leave the message whole, but never changes who sent it or what it says.
        for broken in BrokenInput.bitFlips(of: stored) {
            guard let decoded = try? DirectMessage.decode(broken, keys: bob) else { continue }
            #expect(decoded.sender == alice.accountID)
            #expect(decoded.content == content)
        }
    }

    @Test(arguments: [0, 47, 48, 100, 143])
    func `less than overhead and signature is too short`(count: Int) {
        #expect(throws: EncryptionError.tooShort) {
            try SessionEncryption.decrypt([UInt8](repeating: 3, count: count), keys: bob)
        }
    }

    @Test func `every altered byte of a ciphertext is noticed`() throws {
        let sealed = try SessionEncryption.encrypt([1, 2, 3], from: alice, to: bob.accountID, random: SystemRandom())
        #expect(sealed.count == 3 + SessionEncryption.overhead)
        for broken in BrokenInput.bitFlips(of: sealed) + BrokenInput.truncations(of: sealed) {
            // The top bit of an X25519 key means nothing, but the nonce is made of it.
            #expect(throws: EncryptionError.self) { try SessionEncryption.decrypt(broken, keys: bob) }
        }
    }

    @Test(arguments: [(0, 160), (1, 160), (158, 160), (159, 320), (160, 320), (318, 320), (319, 480)])
    func `padding hides the length`(count: Int, padded: Int) {
        let message = [UInt8](repeating: 0, count: count)
        #expect(MessagePadding.pad(message).count == padded)
        #expect(MessagePadding.unpad(MessagePadding.pad(message)) == message)
    }

    private static let oddPadding: [(padded: [UInt8], message: [UInt8])] = [
        ([], []), ([0, 0, 0], []), ([0x80], []), ([1, 2], [1, 2]), ([1, 0x80, 2, 0], [1, 0x80, 2]),
    ]

    @Test(arguments: oddPadding)
    func `odd padding is read as the reference does`(padded: [UInt8], message: [UInt8]) {
        #expect(MessagePadding.unpad(padded) == message)
    }
}
