public import Observation

/// Makes this device forget the account, after its name was typed.
@Observable
public final class ClearDataModel {
    public let displayName: String
    public var typedName = ""
    public private(set) var isWorking = false
    public private(set) var notice: Notice?

    private let clearData: () async throws -> Void

    /// - Parameter clearData: clears; the app is back at Welcome when it returns.
    public init(displayName: String, clearData: @escaping () async throws -> Void) {
        (self.displayName, self.clearData) = (displayName, clearData)
    }

    public var canClear: Bool { !isWorking && typedName.trimmed == displayName.trimmed }

    public var explanation: String {
        tr("This device forgets everything. Without your recovery phrase nobody can bring it back.")
    }
    /// What goes, one line each.
    public var losses: [String] {
        [
            tr("Your account and its keys"), tr("All conversations, contacts and drafts"),
            tr("All settings of this account"),
        ]
    }
    /// What to type, for the label of the field.
    public var instruction: String { tr("Type {name} to go on", ["name": displayName.isolated]) }

    public func clear() async {
        guard canClear else { return }
        isWorking = true
        defer { isWorking = false }
        do { try await clearData() } catch { notice = Notice(error) }
    }
}
