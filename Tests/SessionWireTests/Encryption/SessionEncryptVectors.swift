import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct SessionEncryptVectors {
    @Test(arguments: VectorFile.cases(of: "session_encrypt"))
    func `encryption is that of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "encrypt_deterministic": try checkDeterministic(vector)
        case "encrypt": try checkEncrypt(vector)
        case "decrypt":
            let keys = try vector.person("recipient")
            let sealed = try vector.bytes("ciphertext")
            #expect(vector.mustReject)
            #expect(throws: EncryptionError.self) { try SessionEncryption.decrypt(sealed, keys: keys) }
        case "decrypt_x25519":
            let recipient = try vector.object("recipient")
            let keys = try #require(X25519.KeyPair(secretBytes: recipient.bytes("x25519_secret")))
            #expect(try keys.publicKey == recipient.bytes("x25519_pubkey"))
            let opened = try SessionEncryption.decrypt(vector.bytes("ciphertext"), x25519: keys)
            try expect(opened, is: vector)
        case "encrypt_blinded": try checkEncryptBlinded(vector)
        case "decrypt_blinded": try checkDecryptBlinded(vector)
        case "ons_decrypt": try checkName(vector)
        case "ons_decrypt_legacy":
            let account = try NameRecord.decryptLegacy(vector.bytes("ciphertext"), name: vector.text("lowercase_name"))
            #expect(try account.description == vector.text("account_id"))
        case "push_decrypt":
            let (payload, key) = (try vector.bytes("payload"), try vector.bytes("key"))
            if vector.mustReject {
                #expect(throws: EncryptionError.self) { try PushPayload.decrypt(payload, key: key) }
            } else {
                #expect(try PushPayload.decrypt(payload, key: key) == vector.bytes("plaintext"))
            }
        case "xchacha20":
            let (sealed, key, plain) = try (vector.bytes("ciphertext"), vector.bytes("key"), vector.bytes("plaintext"))
            let nonce = Array(sealed.prefix(XChaCha20Poly1305.nonceSize))
            if vector.has("nonce") { #expect(try nonce == vector.bytes("nonce")) }
            #expect(XChaCha20Poly1305.sealWithNonce(plain, key: key, nonce: nonce) == sealed)
            #expect(XChaCha20Poly1305.openWithNonce(sealed, key: key) == plain)
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    private func checkDeterministic(_ vector: VectorCase) throws {
        let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
        let message = try vector.bytes("message")
        let sealed = try SessionEncryption.encryptDeterministic(message, from: sender, to: recipient.accountID)
        #expect(try sealed == vector.bytes("ciphertext"))
        try expect(SessionEncryption.decrypt(sealed, keys: recipient), is: vector)
        guard vector.has("ephemeral_seed") else { return }  // constants of upstream's own tests have no steps between

        let signed = try vector.bytes("signed_bytes")
        #expect(signed == message + sender.ed25519PublicKey + recipient.x25519PublicKey)
        let signedMessage = try vector.bytes("signed_message")
        #expect(signedMessage == message + sender.ed25519PublicKey + sender.sign(signed))
        #expect(SealedBox.open(sealed, keys: recipient.x25519) == signedMessage)
        #expect(try Array(sealed.prefix(32)) == vector.bytes("ephemeral_x25519_pubkey"))
        let secret = try #require(SealedBox.ephemeralSecret(seed: vector.bytes("ephemeral_seed")))
        #expect(try secret == vector.bytes("ephemeral_x25519_secret"))
        let nonce = Blake2b.hash(parts: [Array(sealed.prefix(32)), recipient.x25519PublicKey], size: 24)
        #expect(try nonce == vector.bytes("box_nonce"))
    }

    private func checkEncrypt(_ vector: VectorCase) throws {
        let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
        let random = FixedRandom([try vector.bytes("ephemeral_x25519_secret")])
        let sealed = try SessionEncryption.encrypt(
            vector.bytes("message"), from: sender, to: recipient.accountID, random: random)
        #expect(try sealed == vector.bytes("ciphertext"))
        #expect(try SealedBox.open(sealed, keys: recipient.x25519) == vector.bytes("signed_message"))
        try expect(SessionEncryption.decrypt(sealed, keys: recipient), is: vector)
    }

    private func checkEncryptBlinded(_ vector: VectorCase) throws {
        let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
        let senderID = try #require(BlindedID(vector.text("sender_blinded_id")))
        let recipientID = try #require(BlindedID(vector.text("recipient_blinded_id")))
        let (server, sealed) = (try vector.bytes("server_pubkey"), try vector.bytes("ciphertext"))
        #expect(senderID.scheme == (try vector.int("blinding") == 15 ? .legacy : .current))
        #expect(Blinding.id(senderID.scheme, ed25519PublicKey: sender.ed25519PublicKey, server: server) == senderID)
        for (keys, other) in [(sender, recipientID), (recipient, senderID)] {
            let secret = try #require(
                BlindedEncryption.secret(
                    keys: keys, other: other, server: server, sender: senderID, recipient: recipientID))
            #expect(try secret.point == vector.bytes("shared_point"))
            #expect(try secret.key == vector.bytes("encryption_key"))
            let opened = try BlindedEncryption.decrypt(
                sealed, keys: keys, sender: senderID, recipient: recipientID, server: server)
            #expect(opened.sender == sender.accountID)
            #expect(try opened.plaintext == vector.bytes("message"))
        }
        let made = try BlindedEncryption.encrypt(
            vector.bytes("message"), from: sender, to: recipientID, server: server,
            random: FixedRandom([vector.bytes("nonce")]))
        #expect(made == sealed)
    }

    private func checkDecryptBlinded(_ vector: VectorCase) throws {
        let keys = try vector.person("recipient")
        let sender = try #require(BlindedID(vector.text("sender_blinded_id")))
        let recipient = try #require(BlindedID(vector.text("recipient_blinded_id")))
        let (server, sealed) = (try vector.bytes("server_pubkey"), try vector.bytes("ciphertext"))
        #expect(vector.mustReject)
        #expect(throws: EncryptionError.self) {
            try BlindedEncryption.decrypt(sealed, keys: keys, sender: sender, recipient: recipient, server: server)
        }
    }

    private func checkName(_ vector: VectorCase) throws {
        let (name, value, nonce) = try (
            vector.text("lowercase_name"), vector.bytes("ciphertext"), vector.bytes("nonce")
        )
        if vector.mustReject {
            #expect(throws: EncryptionError.self) { try NameRecord.decrypt(value, name: name, nonce: nonce) }
            return
        }
        #expect(try NameRecord.decrypt(value, name: name, nonce: nonce).description == vector.text("account_id"))
        #expect(
            try NameRecord.decrypt(value, name: name.uppercased(), nonce: nonce).description
                == vector.text("account_id"))
        guard vector.has("name_hash") else { return }
        #expect(try NameRecord.hash(of: name) == vector.bytes("name_hash"))
        #expect(try NameRecord.hash(of: name).base64 == vector.text("name_hash_base64"))
        #expect(try NameRecord.key(of: name) == vector.bytes("encryption_key"))
    }

    private func expect(_ opened: SessionEncryption.Opened, is vector: VectorCase) throws {
        let sender = try vector.person("sender")
        #expect(opened.sender == sender.accountID)
        #expect(opened.senderEd25519 == sender.ed25519PublicKey)
        #expect(try opened.plaintext == vector.bytes("message"))
    }
}
