import BaseKit
import SessionWire

/// Takes a subaccount's rights away, or gives them back.
/// - Source: network.md §4.10
struct RevokeCall: SwarmCall {
    let method: String
    let owner: Owner
    let tokens: [[UInt8]]
    let isRevoking: Bool
    let timestamp: Int64
    let credentials: Credentials

    init(_ parameters: Parameters, isRevoking: Bool) throws(RPCFailure) {
        self.isRevoking = isRevoking
        method = isRevoking ? "revoke_subaccount" : "unrevoke_subaccount"
        owner = try parameters.owner()
        let name = isRevoking ? "revoke" : "unrevoke"
        var tokens: [[UInt8]] = []
        for text in try parameters.required(name, try parameters.strings(name)) {
            tokens.append(try parameters.token(name, text))
        }
        guard !tokens.isEmpty, !isRevoking || tokens.count <= StorageLimits.maximumRevocations else {
            throw .invalid(
                "Invalid value given for '\(name)': expected 1 to \(StorageLimits.maximumRevocations) tokens")
        }
        self.tokens = tokens
        timestamp = try parameters.required("timestamp", try parameters.timestamp("timestamp"))
        credentials = try parameters.credentials(owner: owner, allowsSubaccount: false)
        _ = try parameters.required("signature", credentials.signature)
    }

    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult {
        guard context.isTimely(timestamp) else {
            throw RPCFailure(406, "\(method) timestamp too far from current time")
        }
        let message = signedText([method, String(timestamp)]) + tokens.flatMap { $0 }
        guard credentials.verify(message, access: [], revoked: []) else {
            throw RPCFailure(401, "\(method) signature verification failed")
        }
        let known = store.revoked(of: owner)
        var fields: Fields = [:]
        if isRevoking {
            if store.isKnown(owner) || !context.revocationsNeedMessages {
                store.setRevoked(owner, known.filter { !tokens.contains($0) } + tokens)
            }
        } else {
            let left = known.filter { !tokens.contains($0) }
            if left.count < known.count { store.setRevoked(owner, left) }
            fields["count"] = .int(Int64(known.count - left.count))
        }
        let signed = signedText([owner.hex, String(timestamp)]) + tokens.flatMap { $0 }
        return MemberResult(fields: fields, signed: signed)
    }
}

/// Lists what is revoked.
/// - Source: network.md §4.10
struct RevokedSubaccountsCall: Sendable {
    let owner: Owner
    let timestamp: Int64
    let credentials: Credentials

    init(_ parameters: Parameters) throws(RPCFailure) {
        owner = try parameters.owner()
        timestamp = try parameters.required("timestamp", try parameters.timestamp("timestamp"))
        credentials = try parameters.credentials(owner: owner, allowsSubaccount: false)
        _ = try parameters.required("signature", credentials.signature)
    }

    func read(_ store: NodeStore, _ context: MemberContext) throws(RPCFailure) -> Fields {
        guard context.isTimely(timestamp) else {
            throw RPCFailure(406, "revoked_subaccounts timestamp too far from current time")
        }
        let message = signedText(["revoked_subaccounts", String(timestamp)])
        guard credentials.verify(message, access: [], revoked: []) else {
            throw RPCFailure(401, "revoked_subaccounts signature verification failed")
        }
        return ["revoked_subaccounts": .array(store.revoked(of: owner).map { .string($0.base64) })]
    }
}
