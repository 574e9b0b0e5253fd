import Foundation
import Logging
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotStore

/// Before anything is pushed it has to be known what is in the swarm.
/// - Source: configs.md §12
extension ConfigSync {
    /// Members that are asked although none of them knows the account's profile.
    private static let manyMembers = 10
    /// Members that are asked once the profile is known: one alone may be behind.
    private static let fewMembers = 2
    /// Failures in a row after which the members that answered are enough.
    private static let patience = 3
    private static let pauseStep = Duration.seconds(2)
    private static let longestPause = Duration.seconds(15)
    /// Answers of one member; more of them than any account's configs fill.
    private static let pageLimit = 50

    /// Reads everything that several members of the swarm have, until configs may be pushed. Returns at once if they may,
    /// or when the calling task is cancelled.
    func catchUp() async {
        guard beginCatchingUp() else { return await waitForCatchingUp() }
        await readMembers()
        endCatchingUp()
    }

    private func readMembers() async {
        var asked: Set<ServiceNodeID> = []
        var failures = 0
        var noticed = configs.changes.mark()
        while !Task.isCancelled {
            do {
                guard try await configs.stage() != .ready else { return }
                let answer = try await pull()
                let isNew = asked.insert(answer.node.id).inserted
                failures = isNew ? 0 : failures + 1
                let needed = try await configs.isNamed() ? Self.fewMembers : Self.manyMembers
                if asked.count >= min(needed, answer.swarmSize) || failures >= Self.patience {
                    try await configs.becomeReady()
                    log.info("The configs are whole after \(asked.count) members")
                    return
                }
            } catch {
                guard !Task.isCancelled else { return }
                failures += 1
                log.info("The configs cannot be read yet: \(error)")
                guard asked.isEmpty || failures < Self.patience else {
                    // Some have told everything, the others do not answer.
                    do {
                        try await configs.becomeReady()
                        return
                    } catch { log.error("The configs cannot be kept: \(error)") }
                    continue
                }
                let pause = min(Self.pauseStep * (failures + 1), Self.longestPause)
                await configs.changes.wait(&noticed, atMost: pause * scale)
            }
        }
    }

    /// Reads all configs of one member, from the beginning to the end.
    /// - Returns: its last answer.
    @discardableResult
    func pull() async throws -> PollResult {
        var member: ServiceNodeID?
        var positions: [ServiceNodeID: [Namespace: MessageHash]] = [:]
        for _ in 0..<Self.pageLimit {
            let known = positions
            let result = try await network.poll(signer: signer, namespaces: Self.namespaces, preferring: member) {
                known[$0]?[$1]
            }
            try await merge(result.items)
            if result.complete.isSuperset(of: Self.namespaces) {
                notePull()
                return result
            }
            member = result.node.id
            for (namespace, position) in result.positions {
                positions[result.node.id, default: [:]][namespace] = position.hash
            }
            guard result.more, positions != known else { break }
        }
        throw NetworkError.badReply("a member did not give all configs")
    }

    /// One round: everything that one member has, then everything that the swarm lacks.
    func round() async throws {
        try await pull()
        try await push()
    }
}

extension ConfigBook {
    func stage() async throws -> SyncStage { try await store.preference(.syncStage) }

    /// Whether a profile has arrived.
    func isNamed() async throws -> Bool {
        try await edit { editor in
            let entry = try editor.entry(.userProfile)
            return UserProfileConfig(entry.pulled ?? entry.config).name != nil
        }
    }

    func becomeReady() async throws {
        try await edit { editor in
            try editor.noteRestored()
            try editor.becomeReady()
            try editor.takeProvisionalName()
        }
    }
}

extension ConfigEditor {
    /// Keeps how old the configs were that a restored account begins with: what they do not have was removed by then.
    /// - Source: identity-and-messages.md §3.8
    fileprivate func noteRestored() throws {
        guard try stage == .restoring else { return }
        try store.setPreference(.contactsRestoredTo, to: entry(.contacts).record.appliedAt)
        guard UserProfileConfig(try config(.userProfile)).noteToSelfPriority < 0 else { return }
        let profile = try entry(.userProfile).record.appliedAt
        // It may have been stored for another reason while somebody was writing a note.
        try store.noteRemoval(of: .account(own), at: profile.addingTimeInterval(-IncomingPlace.margin))
    }
}
