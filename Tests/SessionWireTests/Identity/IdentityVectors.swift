import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct IdentityVectors {
    @Test(arguments: VectorFile.cases(of: "identity"))
    func `accounts and phrases are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "identity": try checkIdentity(vector)
        case "mnemonic_invalid": try checkInvalidPhrase(vector)
        case "mnemonic_lenient":
            #expect(try vector.text("recommended") == "accept")
            let seed = try RecoveryPhrase.decode(vector.text("mnemonic"))
            #expect(try seed.copyBytes() == vector.bytes("entropy"))
            #expect(try AccountKeys(seed: seed).accountID.description == vector.text("account_id"))
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    private func checkIdentity(_ vector: VectorCase) throws {
        let seed = try vector.secret("entropy")
        let keys = try AccountKeys(seed: seed)
        #expect(try keys.ed25519.secretKey.copyBytes() == vector.bytes("ed25519_secret_key"))
        #expect(try Array(keys.ed25519.secretKey.copyBytes().prefix(32)) == vector.bytes("ed25519_seed"))
        #expect(try keys.ed25519PublicKey == vector.bytes("ed25519_pubkey"))
        #expect(try keys.x25519.secret.copyBytes() == vector.bytes("x25519_secret"))
        #expect(try keys.x25519PublicKey == vector.bytes("x25519_pubkey"))
        #expect(try keys.accountID.description == vector.text("account_id"))

        let phrase = try #require(RecoveryPhrase.encode(seed))
        #expect(try phrase.joined(separator: " ") == vector.text("mnemonic"))
        let indices = phrase.compactMap { RecoveryPhrase.words.firstIndex(of: $0) }
        #expect(try indices.map { VectorValue.integer(Int64($0)) } == vector.list("word_indices"))
        #expect(try phrase[12] == phrase[vector.int("checksum_index")])
        #expect(try RecoveryPhrase.decode(vector.text("mnemonic")) == seed)
    }

    private func checkInvalidPhrase(_ vector: VectorCase) throws {
        let error = try #require(throws: RecoveryPhraseError.self) {
            try RecoveryPhrase.decode(vector.text("mnemonic"))
        }
        let kind =
            switch error {
            case .tooFewWords: "too_few_words"
            case .tooManyWords: "too_many_words"
            case .unknownWord: "unknown_word"
            case .overflow: "overflow"
            case .checksumMismatch: "checksum"
            }
        #expect(try kind == vector.text("error"))
    }
}
