import BaseKit
import SessionWire
import SodiumKit

/// - Source: network.md §4.5
struct StoreCall: SwarmCall {
    let method = "store"
    let owner: Owner
    let namespace: Namespace
    let timestamp: Int64
    let expiry: Int64
    let data: [UInt8]
    let signatureTime: Int64
    let credentials: Credentials
    let hash: String

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner(orCamelCase: true)
        timestamp = try parameters.required(
            "timestamp", try parameters.timestamp("timestamp", anyScale: true, orText: true))
        let lifetime = try parameters.timestamp("ttl", anyScale: true, orText: true)
        let absolute = try parameters.timestamp("expiry")
        switch (lifetime, absolute) {
        case (.some, .some): throw .invalid("Cannot specify both 'ttl' and 'expiry'")
        case (let lifetime?, nil):
            let (sum, overflow) = timestamp.addingReportingOverflow(lifetime)
            expiry = overflow ? .max : sum
        case (nil, let absolute?): expiry = absolute
        case (nil, nil): throw .invalid("Required field 'ttl' missing")
        }
        let text = try parameters.required("data", try parameters.string("data"))
        // Base64 of 76,800 bytes has 102,400 characters; the exact size is looked at after decoding.
        guard text.utf8.count <= StorageLimits.maximumData / 3 * 4 + 4 else { throw Self.tooLong }
        guard let bytes = [UInt8](base64: text) else {
            throw .invalid("Invalid value given for 'data': expected base64")
        }
        guard bytes.count <= StorageLimits.maximumData else { throw Self.tooLong }
        data = bytes
        namespace = try parameters.namespace()
        signatureTime = try parameters.timestamp("sig_timestamp") ?? timestamp
        credentials = try parameters.credentials(owner: owner)
        hash = Blake2b.hash(owner.bytes + Array(namespace.signedText.utf8) + data)?.base64Unpadded ?? ""
    }

    private static let tooLong = RPCFailure.invalid(
        "Message body exceeds maximum allowed length of \(StorageLimits.maximumData) bytes")

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        let (lifetime, overflow) = expiry.subtractingReportingOverflow(timestamp)
        guard !overflow, lifetime >= StorageLimits.minimumLifetime, lifetime <= Int64(namespace.maximumTTLMilliseconds)
        else {
            throw RPCFailure(403, "Provided expiry/TTL is not valid.")
        }
        let tolerance = StorageLimits.storeTolerance
        guard timestamp <= context.now + tolerance, expiry >= context.now - tolerance else {
            throw RPCFailure(406, "Timestamp error: check your clock")
        }
        if !namespace.isPublicInbox { try authorize(store, context) }
        if namespace.isPublicOutbox {
            let newest = store.rows(of: owner, namespace: namespace.rawValue).map(\.timestamp).max() ?? 0
            if timestamp > newest { store.remove(owner, namespace: namespace.rawValue) { $0.hash != hash } }
        }
        var fields: Fields = ["hash": .string(hash), "expiry": .int(expiry)]
        let put = store.put(
            owner, namespace: namespace.rawValue, hash: hash, timestamp: timestamp, expiry: expiry, data: data.base64)
        if case .already(let applied) = put {
            fields["already"] = true
            fields["expiry"] = .int(applied)
        }
        return MemberResult(fields: fields, signed: Array(hash.utf8))
    }

    private func authorize(_ store: NodeStore, _ context: MemberContext) throws(RPCFailure) {
        guard credentials.signature != nil else {
            throw RPCFailure(401, "store: signature required to store to namespace \(namespace.rawValue)")
        }
        guard context.isTimely(signatureTime) else {
            throw RPCFailure(406, "store signature timestamp too far from current time")
        }
        let message = signedText(["store", namespace.signedText, String(signatureTime)])
        let access: Credentials.Access = namespace.isPublicOutbox ? [.write, .delete] : .write
        guard credentials.verify(message, access: access, revoked: store.revoked(of: owner)) else {
            throw RPCFailure(401, "store signature verification failed")
        }
    }

    func finish(_ reply: inout Fields, own _: MemberResult, members _: [Fields]) -> Int {
        reply["hash"] = .string(hash)
        return 200
    }
}
