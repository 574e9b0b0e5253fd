import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct Blake2bVectors {
    @Test(arguments: VectorFile.cases(of: "hash"))
    func `hashes are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "blake2b":
            let key = vector.has("key") ? try vector.bytes("key") : []
            let message = try vector.bytes("message")
            let hash = Blake2b.hash(message, key: key, size: try vector.int("size"))
            if vector.mustReject {
                #expect(hash == nil)
            } else {
                #expect(try hash == vector.bytes("hash"))
                let halves = [Array(message.prefix(message.count / 2)), Array(message.dropFirst(message.count / 2))]
                #expect(Blake2b.hash(parts: halves, key: key, size: try vector.int("size")) == hash)
            }
        case "storage_message_hash": break  // SessionWire's: its suite checks the namespace and text form too
        default: Issue.record("unknown op \(vector.op)")
        }
    }
}
