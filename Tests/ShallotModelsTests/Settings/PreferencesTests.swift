import Foundation
import ShallotCore
import ShallotModels
import ShallotStore
import Testing

@MainActor @Suite(.timeLimit(.minutes(5))) struct PreferencesTests {
    private func model(_ profile: Profile, local: LocalSettings = LocalSettings(file: nil)) async throws
        -> PreferencesModel
    {
        try await model(profile.messenger, local: local)
    }

    private func model(_ messenger: Messenger, local: LocalSettings = LocalSettings(file: nil)) async throws
        -> PreferencesModel
    {
        let account = try #require(await messenger.account())
        return PreferencesModel(
            messenger: messenger, account: account, settings: AccountSettings(store: messenger.store),
            local: local,
            clipboard: ClipboardAccess(set: { _ in }, clear: { _ in }), surroundings: Samples.surroundings(),
            applyAppearance: { _ in }, phraseSaved: {}, clearData: {})
    }

    @Test func `settings are there after a restart`() async throws {
        let profile = try await Profile()
        let settings = AccountSettings(store: profile.store)
        await settings.load()
        #expect(settings.notificationsOn && settings.enterSends)
        settings.notificationsOn = false
        settings.notificationContent = .name
        settings.enterSends = false
        await settings.settle()
        let again = AccountSettings(store: profile.store)
        await again.load()
        #expect(!again.notificationsOn && !again.enterSends)
        #expect(again.notificationContent == .name)
    }

    @Test func `the name is changed when it fits`() async throws {
        let profile = try await Profile(name: "Me")
        let model = try await model(profile)
        model.name = ""
        #expect(model.nameProblem == "Enter a name")
        #expect(!model.canSaveName)
        model.name = " Myself "
        await model.saveName()
        #expect(model.savedName == "Myself")
        #expect(try await profile.messenger.account()?.displayName == "Myself")
        #expect(!model.canSaveName)
    }

    @Test func `the first name of an account without one gives way to a profile that arrives`() async throws {
        let messenger = try await Profile.open(Profile.freshDirectory())
        _ = try await messenger.restoreAccount(phrase: RestoreModelTests.phrase, displayName: nil)
        let model = try await model(messenger)
        #expect(model.nameProblem == nil && model.nameHint.contains("profile arrives later"))
        for name in ["Maria", "Marie"] {
            model.name = name
            await model.saveName()
            let account = try #require(try await messenger.account())
            #expect(account.displayName == name)
            #expect(account.profileUpdatedAt == Date(timeIntervalSince1970: 1), "any other profile counts as newer")
        }
        #expect(model.nameHint.contains("Contacts see"))
        await messenger.close()
    }

    @Test func `appearance is remembered outside the database`() async throws {
        let local = LocalSettings(file: nil)
        let model = try await model(try await Profile(), local: local)
        model.appearance.colorScheme = .dark
        model.appearance.textSize = 150
        #expect(local.appearance == model.appearance)
    }

    @Test func `without a key ring the page says so`() async throws {
        let model = try await model(try await Profile())
        #expect(model.keyStorage.title == "Key file")
        #expect(model.keyStorage.subtitle.contains("whoever can read your files"))
    }
}
