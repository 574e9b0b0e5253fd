/// What the signature of each request covers. Client and server build it with the same functions.
/// - Source: network.md §4.3–4.10
public enum SignedText {
    public static func store(_ namespace: Namespace, timestamp: UInt64) -> [UInt8] {
        Array("store\(namespace.signedText)\(timestamp)".utf8)
    }

    public static func retrieve(_ namespace: Namespace, timestamp: UInt64) -> [UInt8] {
        Array("retrieve\(namespace.signedText)\(timestamp)".utf8)
    }

    public static func delete(_ messages: [MessageHash]) -> [UInt8] { Array(("delete" + joined(messages)).utf8) }

    public static func deleteAll(_ namespaces: NamespaceSelection, timestamp: UInt64) -> [UInt8] {
        Array("delete_all\(namespaces.signedText)\(timestamp)".utf8)
    }

    public static func deleteBefore(_ namespaces: NamespaceSelection, before: UInt64) -> [UInt8] {
        Array("delete_before\(namespaces.signedText)\(before)".utf8)
    }

    public static func expire(_ change: ExpiryChange, expiries: [UInt64], messages: [MessageHash]) -> [UInt8] {
        Array("expire\(change.rawValue)\(expiries.map(String.init).joined())\(joined(messages))".utf8)
    }

    public static func expireAll(_ namespaces: NamespaceSelection, expiry: UInt64) -> [UInt8] {
        Array("expire_all\(namespaces.signedText)\(expiry)".utf8)
    }

    public static func getExpiries(_ messages: [MessageHash], timestamp: UInt64) -> [UInt8] {
        Array("get_expiries\(timestamp)\(joined(messages))".utf8)
    }

    public static func revoke(_ tokens: [SubaccountToken], timestamp: UInt64) -> [UInt8] {
        Array("revoke_subaccount\(timestamp)".utf8) + tokens.flatMap(\.bytes)
    }

    public static func unrevoke(_ tokens: [SubaccountToken], timestamp: UInt64) -> [UInt8] {
        Array("unrevoke_subaccount\(timestamp)".utf8) + tokens.flatMap(\.bytes)
    }

    public static func revokedSubaccounts(timestamp: UInt64) -> [UInt8] {
        Array("revoked_subaccounts\(timestamp)".utf8)
    }

    private static func joined(_ messages: [MessageHash]) -> String { messages.map(\.rawValue).joined() }
}

/// How `expire` treats the expiry a message has.
public enum ExpiryChange: String, Sendable {
    case set = ""
    case shorten
    case extend
}
