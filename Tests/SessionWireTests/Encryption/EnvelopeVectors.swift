import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct EnvelopeVectors {
    @Test(arguments: VectorFile.cases(of: "envelope"))
    func `envelopes are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "pad":
            let (content, padded) = try (vector.bytes("content"), vector.bytes("padded"))
            #expect(MessagePadding.pad(content) == padded)
            #expect(try padded.count == vector.int("padded_size"))
            #expect(MessagePadding.unpad(padded) == content)
        case "unpad": #expect(try MessagePadding.unpad(vector.bytes("padded")) == vector.bytes("content"))
        case "encode_1o1": try checkEncodeDirect(vector)
        case "decode_1o1": try checkDecodeDirect(vector)
        case "decode_1o1_pro": try checkDecodeDirectPro(vector)
        case "encode_community": try checkEncodeCommunity(vector)
        case "decode_community": try checkDecodeCommunity(vector)
        case "encode_community_inbox": try checkCommunityInbox(vector)
        case "encode_group": try checkEncodeGroup(vector)
        case "decode_group":
            let group = try #require(GroupID(vector.text("group_id")))
            let (encoded, keys) = try (vector.bytes("encoded"), vector.bytesList("decode_keys"))
            #expect(vector.mustReject)
            #expect(throws: EncryptionError.self) { try GroupMessage.open(encoded, group: group, keys: keys) }
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    private func checkEncodeDirect(_ vector: VectorCase) throws {
        let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
        let (content, stored) = try (vector.bytes("content"), vector.bytes("websocket_message"))
        let timestamp = try vector.uint64("sent_timestamp_ms")
        let random = FixedRandom([try vector.bytes("ephemeral_x25519_secret"), try vector.bytes("throwaway_pro_seed")])
        let made = try DirectMessage.seal(
            content, timestamp: timestamp, from: sender, to: recipient.accountID, random: random)
        #expect(made == stored)
        #expect(try made.base64 == vector.text("data_base64"))
        #expect(try MessagePadding.pad(content) == vector.bytes("padded_content"))
        #expect(try WebSocketMessage.unwrap(stored) == vector.bytes("envelope"))

        let opened = try DirectMessage.open(vector.base64("data_base64"), keys: recipient)
        #expect(try opened.envelope.content == vector.bytes("envelope_content"))
        #expect(try opened.envelope.proSignature == vector.bytes("envelope_pro_sig"))
        #expect(opened.content == content)
        try expect(opened, is: vector.object("decoded"))

        let decoded = try MessageContent.decode(content)
        #expect(try MessageContent.decode(decoded.encoded()) == decoded)
        var fields = ContentFields.read(try vector.value("content_fields"))
        if case .object(var outer) = fields, case .object(var data) = outer["dataMessage"],
            data["groupUpdateMessage"] != nil
        {
            data["groupUpdateMessage"] = .null
            outer["dataMessage"] = .object(data)
            fields = .object(outer)
        }
        #expect(ContentFields(content: decoded).value.json == fields.json)
    }

    private func checkDecodeDirect(_ vector: VectorCase) throws {
        let (keys, stored) = (try vector.person("recipient"), try vector.bytes("websocket_message"))
        if vector.mustReject {
            #expect(throws: DirectMessageError.self) { try DirectMessage.open(stored, keys: keys) }
            return
        }
        let opened = try DirectMessage.open(stored, keys: keys)
        let decoded = try vector.object("decoded")
        try expect(opened, is: decoded)
        #expect(try opened.content == decoded.bytes("content"))
        #expect(opened.envelope.namesDevice == decoded.has("source_device"))
        #expect(try (opened.envelope.source ?? "") == (decoded.has("source") ? decoded.text("source") : ""))
    }

    private func checkDecodeDirectPro(_ vector: VectorCase) throws {
        let (sender, keys) = (try vector.person("sender"), try vector.person("recipient"))
        let opened = try DirectMessage.open(vector.bytes("websocket_message"), keys: keys)
        #expect(try opened.content == vector.bytes("content"))
        #expect(opened.sender == sender.accountID)
        let sealed = try SessionEncryption.encrypt(
            MessagePadding.pad(opened.content), from: sender, to: keys.accountID,
            random: FixedRandom([vector.bytes("ephemeral_x25519_secret")]))
        #expect(sealed == opened.envelope.content)

        let decoded = try vector.object("decoded")
        let claim = try #require(ProClaim(content: opened.content))
        let status = claim.status(
            backendPublicKey: try vector.bytes("backend_pubkey"),
            messageSignature: try #require(opened.envelope.proSignature), signedBytes: opened.envelope.content,
            now: opened.envelope.timestamp)
        #expect(try status.rawValue == decoded.text("pro_status"))
        #expect(try claim.messageFeatures == decoded.uint64("msg_bitset"))
        #expect(try claim.profileFeatures == decoded.uint64("profile_bitset"))

        let proof = try vector.object("proof")
        #expect(try claim.version == UInt8(proof.int("version")))
        #expect(try claim.generationHash == proof.bytes("gen_index_hash"))
        #expect(try claim.rotatingPublicKey == proof.bytes("rotating_pubkey"))
        #expect(try claim.expiry == proof.uint64("expiry_unix_ts_ms"))
        #expect(try claim.proofHash == proof.bytes("proof_hash"))
        #expect(try claim.signature == proof.bytes("sig"))
        let rotating = try #require(Ed25519.KeyPair(seed: vector.secret("rotating_seed_used")))
        #expect(rotating.sign(sealed) == opened.envelope.proSignature)
        // What nobody at Shallot claims does no harm either.
        #expect(try DirectMessage.decode(vector.bytes("websocket_message"), keys: keys).sender == sender.accountID)
    }

    private func checkEncodeCommunity(_ vector: VectorCase) throws {
        let (content, encoded) = try (vector.bytes("content"), vector.bytes("encoded"))
        let decoded = try vector.object("decoded")
        let opened = try CommunityPost.decode(encoded)
        #expect(try opened.content == decoded.bytes("content"))
        #expect(!opened.hadEnvelope)
        guard vector.has("rotating_seed_used") else {
            #expect(CommunityPost.encode(content) == encoded)
            #expect(try encoded.base64 == vector.text("data_base64"))
            #expect(opened.proSignature == nil)
            return
        }
        let rotating = try #require(Ed25519.KeyPair(seed: vector.secret("rotating_seed_used")))
        #expect(try CommunityPost.encode(content, sign: rotating.sign) == encoded)
        #expect(try opened.proSignature == decoded.bytes("pro_signature"))
        let claim = try #require(ProClaim(content: opened.content))
        let status = claim.status(
            backendPublicKey: try vector.bytes("backend_pubkey"),
            messageSignature: try #require(opened.proSignature),
            signedBytes: try CommunityPost.signedBytes(of: opened.content), now: try vector.uint64("at_ms"))
        #expect(try status.rawValue == decoded.text("pro_status"))
    }

    private func checkDecodeCommunity(_ vector: VectorCase) throws {
        let encoded = try vector.bytes("encoded")
        if vector.mustReject {
            #expect(throws: ContentError.self) { try CommunityPost.decode(encoded) }
            return
        }
        let decoded = try vector.object("decoded")
        let opened = try CommunityPost.decode(encoded)
        #expect(try opened.content == decoded.bytes("content"))
        #expect(try opened.hadEnvelope == decoded.bool("had_envelope"))
    }

    private func checkCommunityInbox(_ vector: VectorCase) throws {
        let (sender, recipient) = (try vector.person("sender"), try vector.person("recipient"))
        let senderID = try #require(BlindedID(vector.text("sender_blinded_id")))
        let recipientID = try #require(BlindedID(vector.text("recipient_blinded_id")))
        let (server, encoded) = (try vector.bytes("server_pubkey"), try vector.bytes("encoded"))
        let padded = MessagePadding.pad(try vector.bytes("content"))
        #expect(try padded == vector.bytes("padded_content"))
        let made = try BlindedEncryption.encrypt(
            padded, from: sender, to: recipientID, server: server, random: FixedRandom([vector.bytes("nonce")]))
        #expect(made == encoded)
        #expect(try made.base64 == vector.text("data_base64"))
        let decoded = try vector.object("decoded")
        for keys in [sender, recipient] {
            let opened = try BlindedEncryption.decrypt(
                encoded, keys: keys, sender: senderID, recipient: recipientID, server: server)
            #expect(try opened.sender.description == decoded.text("sender_account_id"))
            #expect(try MessagePadding.unpad(opened.plaintext) == decoded.bytes("content"))
        }
    }

    private func checkEncodeGroup(_ vector: VectorCase) throws {
        let sender = try vector.person("sender")
        let group = try #require(GroupID(vector.text("group_id")))
        let key = try vector.bytes("group_encryption_key")
        let encoded = try vector.bytes("encoded")
        let random = FixedRandom([try vector.bytes("throwaway_pro_seed"), try vector.bytes("nonce")])
        let made = try GroupMessage.seal(
            vector.bytes("content"), timestamp: vector.uint64("sent_timestamp_ms"), from: sender, group: group,
            key: key,
            random: random)
        #expect(made == encoded)
        #expect(try made.base64 == vector.text("data_base64"))
        #expect(try XChaCha20Poly1305.openWithNonce(made, key: key) == vector.bytes("padded_bt_plaintext"))

        let decoded = try vector.object("decoded")
        let opened = try GroupMessage.open(encoded, group: group, keys: vector.bytesList("decode_keys"))
        #expect(try opened.sender.description == decoded.text("sender_account_id"))
        #expect(try opened.envelope.timestamp == decoded.uint64("timestamp_ms"))
        #expect(try opened.envelope.encoded() == vector.bytes("envelope"))
        #expect(try opened.content == decoded.bytes("content"))
        #expect(try opened.keyIndex == decoded.int("key_index"))
    }

    private func expect(_ opened: DirectMessage.Opened, is decoded: VectorFields) throws {
        #expect(try opened.sender.description == decoded.text("sender_account_id"))
        #expect(try opened.senderEd25519 == decoded.bytes("sender_ed25519_pubkey"))
        #expect(try opened.envelope.timestamp == decoded.uint64("timestamp_ms"))
    }
}
