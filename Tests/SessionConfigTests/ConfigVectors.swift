import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing
import ZstdKit

@testable import SessionConfig

@Suite struct ConfigVectors {
    @Test(arguments: VectorFile.cases(of: "configs"))
    func `configs are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "config_encrypt": try checkEncrypt(vector)
        case "config_decrypt":
            let blob = try vector.bytes("ciphertext")
            let plain = try ConfigEncryption.decrypt(
                blob, base: vector.bytes("key_base"), domain: vector.text("domain"))
            #expect(try plain == (vector.mustReject ? nil : vector.bytes("plaintext")))
        case "config_padded_size":
            #expect(try vector.int("overhead") == ConfigEncryption.overhead)
            for row in try vector.objects("table") {
                let size = try row.int("size")
                let padded = ConfigPadding.pad([UInt8](repeating: 1, count: size))
                #expect(try padded.count == row.int("padded"))
                #expect(ConfigPadding.unpad(padded).count == size)
            }
        case "config_wrap", "config_unwrap": try checkWrap(vector)
        case "config_script":
            var script = try ConfigScript(vector)
            try script.run()
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    private func checkEncrypt(_ vector: VectorCase) throws {
        let (base, domain) = (try vector.bytes("key_base"), try vector.text("domain"))
        let plain = try vector.bytes("plaintext")
        guard !vector.mustReject else {
            #expect(ConfigEncryption.encrypt(plain, base: base, domain: domain) == nil)
            return
        }
        let sealed = try vector.bytes("ciphertext")
        #expect(try ConfigEncryption.key(base: base, count: plain.count, domain: domain) == vector.bytes("derived_key"))
        #expect(try ConfigEncryption.nonce(for: plain, domain: domain) == vector.bytes("nonce"))
        #expect(ConfigEncryption.encrypt(plain, base: base, domain: domain) == sealed)
        #expect(ConfigEncryption.decrypt(sealed, base: base, domain: domain) == plain)
    }

    private func checkWrap(_ vector: VectorCase) throws {
        let keys = try vector.person("account")
        let namespace = try vector.int("namespace")
        let kind = try #require(ConfigKind.allCases.first { $0.namespace.rawValue == namespace }?.wrappedKind)
        let wrapped = try vector.bytes("wrapped")
        let data = vector.mustReject ? nil : try vector.bytes("data")
        #expect(ConfigWrap.unwrap(wrapped, kind: kind, keys: keys) == data)
        guard vector.op == "config_wrap", let data else { return }
        let sequence = Int64(try vector.int("seqno"))
        #expect(ConfigWrap.wrap(data, kind: kind, sequence: sequence, keys: keys) == wrapped)
    }
}

@Suite struct CompressionVectors {
    @Test(.timeLimit(.minutes(1)), arguments: VectorFile.cases(of: "compression"))
    func `frames of the reference are opened, and bad ones refused at once`(vector: VectorCase) throws {
        let frame = try vector.bytes("compressed")
        switch vector.op {
        case "zstd":
            let plain = try vector.bytes("plain")
            #expect(try plain.count == vector.int("plain_size"))
            let mark = [UInt8(ascii: "z")]
            #expect(try ConfigCompression.decompress(mark + frame) == plain)
            let ours = ConfigCompression.compress(plain)
            // A message begins with `d`; what begins with the mark itself cannot be told apart.
            if plain.first != mark[0] { #expect(try ConfigCompression.decompress(ours) == plain) }
            if try vector.int("level") == 1 {
                #expect(try (ours.count < plain.count) == vector.bool("compressed_smaller"))
            }
        case "zstd_limit":
            let limit = try vector.int("max_size")
            if vector.mustReject {
                #expect(throws: ZstdError.self) { try Zstd.decompress(frame, limit: limit) }
            } else {
                #expect(try Zstd.decompress(frame, limit: limit) == vector.bytes("plain"))
            }
        default: Issue.record("unknown op \(vector.op)")
        }
    }
}
