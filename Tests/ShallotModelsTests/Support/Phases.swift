@testable import ShallotModels

@MainActor extension AppModel {
    var isOpening: Bool { if case .opening = phase { true } else { false } }
    var welcome: OnboardingModel? { if case .welcome(let model) = phase { model } else { nil } }
    var main: MainModel? { if case .ready(let model) = phase { model } else { nil } }
    var fatal: FatalModel? { if case .fatal(let model) = phase { model } else { nil } }
}

@MainActor extension OnboardingModel {
    var isAtWelcome: Bool { if case .welcome = step { true } else { false } }
    var restore: RestoreModel? { if case .restore(let model) = step { model } else { nil } }
    var restoring: RestoringModel? { if case .restoring(let model) = step { model } else { nil } }
    var accountIDPage: AccountIDModel? { if case .accountID(let model) = step { model } else { nil } }

    /// What somebody does who has never had an account.
    func createAccount(name: String = "Maria") async throws {
        beginCreating()
        guard case .create(let create) = step else { throw NoSuchPage() }
        create.name = name
        await create.submit()
    }
}

private struct NoSuchPage: Error {}
