import BaseKit
import SessionWire

extension NodeStore {
    /// The messages that fit, at least one, and whether more wait.
    /// - Source: network.md §4.6
    func retrieve(_ call: StorageCall.Retrieve) -> RetrieveReply {
        let waiting = rows(of: Owner(call.credentials.account), namespace: call.namespace, after: call.lastHash)
        var messages: [StoredMessage] = []
        var size = 0
        for row in waiting {
            let message = row.message
            size += StorageCall.Retrieve.weight(of: message)
            let isFull = size > call.answerSize || (call.maximumCount > 0 && messages.count == call.maximumCount)
            if isFull, !messages.isEmpty { return RetrieveReply(messages: messages, more: true) }
            messages.append(message)
        }
        return RetrieveReply(messages: messages, more: false)
    }

    /// - Source: network.md §4.9
    func expiries(_ call: StorageCall.GetExpiries) -> Fields {
        var expiries: Fields = [:]
        for hash in call.messages {
            guard let row = row(of: Owner(call.credentials.account), hash: hash) else { continue }
            expiries[hash.rawValue] = .number(row.expiry)
        }
        return ["expiries": .object(expiries)]
    }

    /// - Source: network.md §4.10
    func revocations(_ call: StorageCall.Revoke) -> Fields {
        let tokens = revoked(of: Owner(call.credentials.account))
        return ["revoked_subaccounts": .array(tokens.map { .string($0.bytes.base64) })]
    }
}
