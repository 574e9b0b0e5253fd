public import ShallotStore

/// How far a restored account has come.
public struct RestoreProgress: Sendable, Equatable {
    public var counts: RestoredCounts
    /// All that devices share is here; messages may follow.
    public var hasConfigs: Bool
    /// No config was in the swarm: what the devices shared has expired.
    public var foundNothing: Bool
    /// Everything that waited has been fetched.
    public var isComplete: Bool
}

extension Messenger {
    /// How far a restored account is, now and after each change.
    public nonisolated func restoredCounts() -> StoreUpdates<RestoredCounts> { store.restoredCounts() }

    /// How far a restored account has come.
    public func restoreProgress() async throws -> RestoreProgress {
        let stage = try await store.preference(.syncStage)
        let isCatchingUp = try await store.preference(.isCatchingUp)
        let foundNothing = try await store.preference(.foundNothing)
        return RestoreProgress(
            counts: try await store.restoredCountsNow(), hasConfigs: stage == .ready,
            foundNothing: stage == .ready && foundNothing,
            isComplete: stage == .ready && !isCatchingUp)
    }

    /// Brings contacts, profile and settings in step with the swarm once: fetches what one member has, stores what it
    /// lacks. The messenger must have been started.
    public func sync() async throws {
        let account = try requireAccount()
        await account.sync.catchUp()
        try await account.sync.round()
    }

    /// Whether the swarm lacks something that was changed here.
    public func needsSync() async throws -> Bool { try await requireAccount().configs.hasUnsent() }
}
