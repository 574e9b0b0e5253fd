public import Observation
public import SessionWire
public import ShallotCore

/// From Welcome to an account: one step at a time, nothing on the network before a button was pressed.
@Observable
public final class OnboardingModel {
    public enum Step {
        case welcome
        case create(CreateAccountModel)
        case restore(RestoreModel)
        /// The account is here; what waits for it is being fetched.
        case restoring(RestoringModel)
        /// The account exists.
        case accountID(AccountIDModel)
    }

    public private(set) var step = Step.welcome
    public private(set) var notice: Notice?
    /// What clearing this device could not take away, in a sentence for Welcome.
    public private(set) var leftover: String?

    /// What onboarding does to the profile.
    public struct Actions {
        public var create: (_ name: String) async throws -> AccountID
        public var restore: (_ phrase: String) async throws -> AccountID
        /// The messenger that fetches what waits.
        public var messenger: Messenger
        public var surroundings: Surroundings
        /// Forgets the account that was just made.
        public var discard: () async throws -> Void
        /// Goes on to the conversations, first to the recovery phrase if asked.
        public var finish: (_ showsPhrase: Bool) async -> Void
    }

    private let actions: Actions

    public init(_ actions: Actions) { self.actions = actions }

    /// Data was cleared, but the desktop's key ring did not give up the key.
    func keyStayed() {
        leftover = tr(
            "Your data is gone. Its key may still be in your desktop's key ring, which did not remove it; it opens nothing any more."
        )
    }

    public func beginCreating() {
        step = .create(
            CreateAccountModel { [weak self, actions] name in
                let id = try await actions.create(name)
                self?.step = .accountID(AccountIDModel(accountID: id, displayName: name))
            })
    }

    public func beginRestoring() {
        step = .restore(
            RestoreModel { [weak self, actions] phrase in
                _ = try await actions.restore(phrase)
                self?.step = .restoring(
                    RestoringModel(
                        messenger: actions.messenger, surroundings: actions.surroundings,
                        open: { await actions.finish(false) }, cancelled: { try await actions.discard() }))
            })
    }

    /// Whether going back loses something, so that it has to be asked.
    public var needsConfirmationToLeave: Bool {
        if case .accountID = step { true } else { false }
    }

    /// Back to Welcome. A new account is discarded, which the caller asked about.
    public func back() async {
        if case .restoring(let model) = step { return await model.cancel() }
        if needsConfirmationToLeave {
            do { try await actions.discard() } catch {
                notice = Notice(error)
                return
            }
        }
        step = .welcome
    }

    /// *Start Messaging*, or *Save Recovery Phrase*.
    public func finish(showsPhrase: Bool = false) async {
        await actions.finish(showsPhrase)
    }
}
