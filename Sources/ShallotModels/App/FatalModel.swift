public import Observation
public import ShallotCore

/// Why the app cannot go on, and what may help. It acts only when asked: nothing here loops.
@Observable
public final class FatalModel {
    public nonisolated let error: OpenError
    public private(set) var isWorking = false
    public private(set) var notice: Notice?

    /// What helps against one cause or another.
    public struct Actions {
        /// Tries to open the profile once more; the caller shows what comes of it.
        public var reopen: () async -> Void
        /// Destroys the profile's data, so that `reopen` finds a new one.
        public var erase: () async throws -> Void
        /// Lets the desktop ask for the key ring's password.
        public var unlockKeyring: () async throws -> Void
        /// Forgets the network definition that was chosen in Preferences.
        public var resetNetwork: (() throws -> Void)?

        public init(
            reopen: @escaping () async -> Void, erase: @escaping () async throws -> Void,
            unlockKeyring: @escaping () async throws -> Void, resetNetwork: (() throws -> Void)? = nil
        ) {
            (self.reopen, self.erase) = (reopen, erase)
            (self.unlockKeyring, self.resetNetwork) = (unlockKeyring, resetNetwork)
        }
    }

    private let actions: Actions

    public init(_ error: OpenError, actions: Actions) { (self.error, self.actions) = (error, actions) }

    public var title: String { tr("Shallot Cannot Open Your Data") }
    /// The cause, by name.
    public var cause: String { Notice(error).text }

    /// The data is fine; the desktop can let us at its key.
    public var canUnlockKeyring: Bool { error == .keyringLocked }
    /// The desktop's key ring has the key, or had it, and does not give it.
    public var isAboutKeyring: Bool { [.keyringLocked, .keyringUnavailable].contains(error) }
    public var canResetNetwork: Bool {
        if case .network = error { actions.resetNetwork != nil } else { false }
    }

    /// Destroying the data would help: it cannot be read any more, or its key may never come back.
    public var canStartOver: Bool {
        switch error {
        case .wrongKey, .damaged, .keyMissing, .keyringLocked, .keyringUnavailable: true
        default: false
        }
    }

    /// What leads to starting over. Where only the key is out of reach, the phrase is the other way in.
    public var startOverLabel: String {
        error == .keyMissing || isAboutKeyring ? tr("Use Recovery Phrase…") : tr("Start Over…")
    }

    public var startOverExplanation: String {
        tr(
            "Starting over deletes all conversations, contacts and keys on this device. With your recovery phrase you can restore your account afterwards."
        )
    }

    public func tryAgain() async {
        guard !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        await actions.reopen()
    }

    /// Asks for the key ring's password and then tries again.
    public func unlockKeyring() async {
        guard canUnlockKeyring, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        notice = nil
        do {
            try await actions.unlockKeyring()
            await actions.reopen()
        } catch { notice = Notice(text: tr("The key ring was not unlocked.")) }
    }

    /// Goes back to the network that came with the program.
    public func resetNetwork() async {
        guard canResetNetwork, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            try actions.resetNetwork?()
            await actions.reopen()
        } catch { notice = Notice(error) }
    }

    /// Call after the person confirmed it.
    public func startOver() async {
        guard canStartOver, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            try await actions.erase()
            await actions.reopen()
        } catch {
            notice = Notice(
                text: tr("The old data could not be deleted. Nothing was changed that could be read before."))
        }
    }
}
