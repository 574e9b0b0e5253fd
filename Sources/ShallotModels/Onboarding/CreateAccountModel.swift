public import Observation

/// Asks for a name and makes an account, which exists at once, also offline.
@Observable
public final class CreateAccountModel {
    public var name = "" { didSet { if name != oldValue { notice = nil; hasTried = false } } }
    public private(set) var isWorking = false
    public private(set) var notice: Notice?
    private var hasTried = false

    private let create: (_ name: String) async throws -> Void

    /// - Parameter create: makes the account; the caller shows what comes next when it returns.
    public init(create: @escaping (_ name: String) async throws -> Void) { self.create = create }

    public var counter: String? { NameCheck.counter(name) }
    public var canCreate: Bool { NameCheck(name) == .fits && !isWorking }

    /// What is wrong, for the caption under the row: at once when the name is too long, an empty one only when tried.
    public var problem: String? {
        switch NameCheck(name) {
        case .empty where !hasTried: notice?.text
        case let check: check.problem ?? notice?.text
        }
    }

    public func submit() async {
        hasTried = true
        guard canCreate else { return }
        isWorking = true
        defer { isWorking = false }
        do { try await create(name.trimmed) } catch { notice = Notice(error) }
    }
}
