public import SessionWire
import ShallotStore

extension Messenger {
    /// What places, takes and ends calls.
    public func calls() throws(CallError) -> CallService {
        guard let active else { throw .noAccount }
        return active.calls
    }

    public func callMode() async throws -> CallMode { try await store.preference(.callMode) }

    /// Counts for this device, and from the next call on.
    public func setCallMode(_ mode: CallMode) async throws { try await store.setPreference(.callMode, to: mode) }

    /// What counts for one person instead, while calls are on; `nil` for nothing else.
    public func callMode(of person: AccountID) async throws -> CallMode? {
        try await store.preference(.callModesOfPeople)[person.description]
    }

    public func setCallMode(_ mode: CallMode?, of person: AccountID) async throws {
        var people = try await store.preference(.callModesOfPeople)
        people[person.description] = mode
        try await store.setPreference(.callModesOfPeople, to: people)
    }
}
