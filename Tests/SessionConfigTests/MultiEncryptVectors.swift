import SessionConfig
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct MultiEncryptVectors {
    @Test(arguments: VectorFile.cases(of: "multi_encrypt"))
    func `messages for several are those of the reference`(vector: VectorCase) throws {
        let domain = try vector.text("domain")
        switch vector.op {
        case "shared_key":
            let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
            let key = try vector.bytes("key")
            let (senders, recipients) = (sender.x25519, recipient.x25519)
            #expect(
                MultiEncryption.key(own: senders, other: recipients.publicKey, isSender: true, domain: domain) == key)
            #expect(
                MultiEncryption.key(own: recipients, other: senders.publicKey, isSender: false, domain: domain) == key)
        case "multi_encrypt":
            let junk = vector.has("junk_entries") ? try vector.bytesList("junk_entries") : []
            try check(vector, "recipients", from: vector.person("sender").x25519, domain, junk)
        case "multi_decrypt":
            let plain = try MultiEncryption.decrypt(
                vector.bytes("encoded"), keys: vector.person("recipient").x25519,
                sender: vector.person("sender").x25519PublicKey, domain: domain)
            #expect(try plain == (vector.mustReject ? nil : vector.bytes("plaintext")))
        case "group_kicked":
            #expect(domain == MultiEncryption.kickedDomain)
            let group = try #require(Ed25519.KeyPair(seed: vector.secret("group_ed25519_seed")))
            let secret = try #require(Ed25519.x25519(secretKey: group.secretKey))
            for member in try vector.objects("removed") {
                let id = try #require(AccountID(member.text("account_id")))
                let generation = try vector.int("generation")
                #expect(try MultiEncryption.kickedNotice(for: id, generation: generation) == member.bytes("plaintext"))
            }
            try check(vector, "removed", from: X25519.KeyPair(secret: secret), domain, [])
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    private func check(
        _ vector: VectorCase, _ field: String, from sender: X25519.KeyPair, _ domain: String, _ junk: [[UInt8]]
    ) throws {
        let people = try vector.objects(field)
        let encoded = try vector.bytes("encoded")
        let messages = try people.map { person in
            (message: try person.bytes("plaintext"), recipient: try person.bytes("x25519_pubkey"))
        }
        #expect(
            try MultiEncryption.encrypt(
                messages, from: sender, domain: domain, nonce: vector.bytes("nonce"), junk: junk) == encoded)
        for (person, message) in zip(people, messages) {
            let keys = try #require(X25519.KeyPair(secretBytes: person.bytes("x25519_secret")))
            let plain = MultiEncryption.decrypt(encoded, keys: keys, sender: sender.publicKey, domain: domain)
            #expect(plain == message.message)
        }
    }
}
