/// What a namespace's number says about who may write and read it, and for how long.
/// - Source: network.md §4.15
struct NamespaceRules: Sendable {
    let number: Int

    /// Anybody may store.
    var isPublicInbox: Bool { number % 10 == 0 }
    /// Anybody may read, and it holds one message.
    var isPublicOutbox: Bool { number < 0 && -number % 20 == 1 }
    /// Revoked members may still read.
    var isUnrevocable: Bool { number < 0 && -number % 100 == 11 }
    var isReadableByAnybody: Bool { isPublicOutbox || number == -10 }
    /// Milliseconds.
    var maximumLifetime: Int64 { (isPublicInbox ? 14 : 30) * 86_400_000 }
    /// How the namespace stands in signed strings.
    var signed: String { number == 0 ? "" : String(number) }

    /// The same for a choice that may be "all".
    static func signed(_ number: Int?) -> String { number.map { NamespaceRules(number: $0).signed } ?? "all" }
}
