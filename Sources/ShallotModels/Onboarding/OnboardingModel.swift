public import Observation
public import SessionWire

/// From Welcome to an account: one step at a time, nothing on the network before a button was pressed.
@Observable
public final class OnboardingModel {
    public enum Step {
        case welcome
        case create(CreateAccountModel)
        case restore(RestoreModel)
        /// The account exists.
        case accountID(AccountIDModel)
    }

    public private(set) var step = Step.welcome
    public private(set) var notice: Notice?

    /// What onboarding does to the profile.
    public struct Actions {
        public var create: (_ name: String) async throws -> AccountID
        public var restore: (_ phrase: String, _ name: String?) async throws -> AccountID
        /// Forgets the account that was just made.
        public var discard: () async throws -> Void
        /// Goes on to the conversations, first to the recovery phrase if asked.
        public var finish: (_ showsPhrase: Bool) async -> Void
    }

    private let actions: Actions

    public init(_ actions: Actions) { self.actions = actions }

    public func beginCreating() {
        step = .create(
            CreateAccountModel { [weak self, actions] name in
                let id = try await actions.create(name)
                self?.step = .accountID(AccountIDModel(accountID: id, displayName: name))
            })
    }

    public func beginRestoring() {
        step = .restore(
            RestoreModel { [actions] phrase, name in
                _ = try await actions.restore(phrase, name)
                await actions.finish(false)
            })
    }

    /// Whether going back loses something, so that it has to be asked.
    public var needsConfirmationToLeave: Bool {
        if case .accountID = step { true } else { false }
    }

    /// Back to Welcome. A new account is discarded, which the caller asked about.
    public func back() async {
        if case .restore(let model) = step, model.stage == .name {
            model.back()
            return
        }
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
