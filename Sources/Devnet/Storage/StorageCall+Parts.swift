import SessionWire

/// What observations and faults want to know of a request.
extension StorageCall {
    /// The account it is about, if any.
    var subject: Owner? {
        if case .getSwarm(let account) = self { return Owner(account) }
        return account.map(Owner.init)
    }

    /// The requests inside a wrapper, or the request itself.
    var parts: [StorageCall] {
        switch self {
        case .batch(let calls), .sequence(let calls): calls
        default: [self]
        }
    }

    /// Its own name and those of its parts.
    var allMethods: Set<String> { Set([method] + parts.map(\.method)) }
    /// The account that it, or its first part, is about.
    var firstSubject: Owner? { parts.lazy.compactMap(\.subject).first }
}
