import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Synchronization
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(5))) struct AppModelTests {
    private func app(
        _ directory: URL, open: (@Sendable () async throws(OpenError) -> Messenger)? = nil,
        unlock: @escaping @Sendable () async throws -> Void = {}, network: NetworkChoice? = nil,
        sleep: ManualSleep = ManualSleep()
    ) -> AppModel {
        var dependencies = AppDependencies(
            open: { () async throws(OpenError) -> Messenger in
                if let open { return try await open() }
                return try await Profile.open(directory)
            },
            erase: { try FileManager.default.removeItem(at: directory) }, local: LocalSettings(file: nil),
            clipboard: ClipboardAccess(set: { _ in }, clear: { _ in }), applyAppearance: { _ in }, notify: { _ in })
        dependencies.surroundings = Samples.surroundings(sleep)
        dependencies.unlockKeyring = unlock
        dependencies.network = network
        return AppModel(dependencies)
    }

    /// Starts a new profile and creates an account there.
    private func created(_ app: AppModel) async throws -> OnboardingModel {
        await app.start()
        let onboarding = try #require(app.welcome)
        try await onboarding.createAccount()
        return onboarding
    }

    /// The same, up to the main window.
    private func entered(_ app: AppModel) async throws -> MainModel {
        try await created(app).finish()
        return try #require(app.main)
    }

    @Test func `after Open Now and after a restart an account without a name is asked for one`() async throws {
        let directory = Profile.freshDirectory()
        for isRestart in [false, true] {
            let sleep = ManualSleep()
            let app = app(directory, sleep: sleep)
            await app.start()
            if !isRestart {
                let onboarding = try #require(app.welcome)
                onboarding.beginRestoring()
                let restore = try #require(onboarding.restore)
                restore.paste(RestoreModelTests.phrase)
                await restore.submit()
                await onboarding.restoring?.openNow()
            }
            let main = try #require(app.main)
            let run = Task { await main.run() }
            #expect(main.banner.banner?.kind != .name, "a profile may be on its way")
            await until { sleep.durations.contains(RestoringModel.nameDelay) }
            sleep.wake(upTo: RestoringModel.nameDelay)
            await until { main.banner.isNameMissing }
            if isRestart {
                let preferences = try #require(await main.preferences())
                preferences.name = "Maria"
                await preferences.saveName()
                await until { main.account.displayName == "Maria" }
                #expect(!main.banner.isNameMissing)
            }
            run.cancel()
            await run.value
            await app.quit()
        }
    }

    @Test func `another clock of the desktop counts at once`() async throws {
        let directory = Profile.freshDirectory()
        let app = app(directory)
        let main = try await entered(app)
        let run = Task { await main.run() }
        defer { run.cancel() }
        _ = try await main.messenger.send("a note", to: .account(main.accountID))
        await until { main.list.items.first?.timeText.contains(":") == true }
        let before = try #require(main.list.items.first?.timeText)
        await app.clockChanged(uses24Hours: false)
        let after = try #require(main.list.items.first?.timeText)
        #expect(after != before && after.lowercased().hasSuffix("m"), "\(before) became \(after)")
        await app.quit()
    }

    @Test func `a new profile welcomes, an account leads on, a restart finds it`() async throws {
        let directory = Profile.freshDirectory()
        let app = app(directory)
        #expect(app.isOpening)
        let onboarding = try await created(app)
        let page = try #require(onboarding.accountIDPage)
        #expect(page.groups.count == 11)
        #expect(onboarding.needsConfirmationToLeave)
        await onboarding.finish(showsPhrase: true)
        let main = try #require(app.main)
        #expect(main.showsPhrase)
        #expect(main.banner.banner?.kind == .phrase)
        main.open(.account(main.accountID))
        main.conversation?.draft = "buy seeds"
        await app.quit()

        let again = self.app(directory)
        await again.start()
        let restarted = try #require(again.main)
        #expect(restarted.account.displayName == "Maria")
        let running = Task { await restarted.run() }
        await until { restarted.restoredConversation != nil }
        #expect(restarted.restoredConversation == .account(restarted.accountID), "what was open is open again")
        running.cancel()
        #expect(
            try await restarted.messenger.store.conversation(.account(restarted.accountID))?.conversation.draft
                == "buy seeds")
        await again.quit()
    }

    @Test func `going back from the new account discards it`() async throws {
        let directory = Profile.freshDirectory()
        let app = app(directory)
        let onboarding = try await created(app)
        await onboarding.back()
        #expect(try #require(app.welcome).isAtWelcome)
        await app.quit()
    }

    @Test func `a phrase brings the account back`() async throws {
        let app = app(Profile.freshDirectory())
        await app.start()
        let onboarding = try #require(app.welcome)
        onboarding.beginRestoring()
        let restore = try #require(onboarding.restore)
        restore.paste("vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept")
        await restore.submit()
        let restoring = try #require(onboarding.restoring)
        await restoring.openNow()
        let main = try #require(app.main)
        #expect(main.accountID.description == "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72")
        #expect(main.banner.banner == nil)
        await app.quit()
    }

    @Test(arguments: [-3_600.0, 3_600])
    func `a clock that is an hour off is named in the banner, and messages go out`(offset: TimeInterval) async throws {
        try await ConnectedProfile.run(offset: offset) { profile in
            let app = app(Profile.freshDirectory()) { () async throws(OpenError) -> Messenger in profile.messenger }
            await app.start()
            let main = try #require(app.main)
            let run = Task { await main.run() }
            await until { main.banner.banner?.kind == .clock }
            #expect(
                main.banner.banner?.text
                    == "Your clock is 60 minutes off. Messages are still sent, but times may look wrong.")
            let message = try await profile.messenger.send("what time is it?", to: .account(profile.own))
            try await until { try await profile.messenger.store.message(message)?.delivery == .sent }
            run.cancel()
            await app.quit()
        }
    }

    @Test func `clearing ends at Welcome, with the name typed right`() async throws {
        let directory = Profile.freshDirectory()
        let app = app(directory)
        let main = try await entered(app)
        let preferences = try #require(await main.preferences())
        let clear = preferences.clearDataModel()
        clear.typedName = "maria"
        #expect(!clear.canClear)
        clear.typedName = "Maria "
        await clear.clear()
        #expect(app.welcome != nil)
        await app.quit()
    }

    @Test(arguments: [true, false])
    func `a key that the key ring kept is named on Welcome`(deletes: Bool) async throws {
        let directory = Profile.freshDirectory()
        let keys = Mutex<[String: SecretBytes]>([:])
        let keyring = KeyringAccess(
            load: { profile async throws(KeyringFailure) in keys.withLock { $0[profile] } },
            store: { profile, key async throws(KeyringFailure) in keys.withLock { $0[profile] = key } },
            delete: { _ async throws(KeyringFailure) in if !deletes { throw .unavailable } },
            unlock: { () async throws(KeyringFailure) in })
        let app = app(directory) { () async throws(OpenError) -> Messenger in
            try await Profile.open(directory, keyring: keyring)
        }
        await app.start()
        let onboarding = try #require(app.welcome)
        #expect(onboarding.leftover == nil)
        try await onboarding.createAccount()
        await onboarding.finish()
        let main = try #require(app.main)
        let clear = try #require(await main.preferences()).clearDataModel()
        clear.typedName = "Maria"
        await clear.clear()
        let welcome = try #require(app.welcome)
        #expect((welcome.leftover == nil) == deletes)
        await app.quit()
    }

    @Test func `the keys for the text size change what Preferences show`() async throws {
        let app = app(Profile.freshDirectory())
        await app.start()
        app.changeTextSize(.larger)
        let onboarding = try #require(app.welcome)
        try await onboarding.createAccount()
        await onboarding.finish()
        let main = try #require(app.main)
        #expect(await main.preferences()?.appearance.textSize == 110)
        app.changeTextSize(.usual)
        #expect(await main.preferences()?.appearance.textSize == 100)
        await app.quit()
    }

    @Test(arguments: [OpenError.wrongKey, .damaged("page"), .busy, .diskFull, .tooNew, .keyringLocked, .keyMissing])
    func `what cannot be opened is named, and nothing loops`(error: OpenError) async throws {
        let directory = Profile.freshDirectory()
        let app = app(directory) { () async throws(OpenError) -> Messenger in throw error }
        await app.start()
        let fatal = try #require(app.fatal)
        #expect(fatal.cause == Notice(error).text)
        #expect(fatal.canStartOver == [.wrongKey, .damaged("page"), .keyringLocked, .keyMissing].contains(error))
        #expect(fatal.canUnlockKeyring == (error == .keyringLocked))
        await fatal.tryAgain()
        #expect(app.fatal != nil)
    }

    @Test func `unlocking the key ring opens what was barred, and refusing says so`() async throws {
        let directory = Profile.freshDirectory()
        let isUnlocked = Mutex(false)
        let app = app(
            directory,
            open: { () async throws(OpenError) -> Messenger in
                guard isUnlocked.withLock({ $0 }) else { throw .keyringLocked }
                return try await Profile.open(directory)
            },
            unlock: {
                let isSecondTry = isUnlocked.withLock { $0 }
                isUnlocked.withLock { $0 = true }
                if !isSecondTry { throw KeyringFailure.locked }
            })
        await app.start()
        let fatal = try #require(app.fatal)
        await fatal.unlockKeyring()
        #expect(fatal.notice?.text == "The key ring was not unlocked.")
        await fatal.unlockKeyring()
        #expect(app.welcome != nil)
        await app.quit()
    }

    @Test func `a chosen network definition that went bad can be given up`() async throws {
        let directory = Profile.freshDirectory()
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data("{".utf8).write(to: directory.appending(path: "network.json"))
        let choice = NetworkChoice(named: nil, directory: directory, installed: nil)
        let app = app(
            directory,
            open: { () async throws(OpenError) -> Messenger in
                if choice.source == .chosen { _ = try choice.load() }
                return try await Profile.open(directory)
            }, network: choice)
        await app.start()
        let fatal = try #require(app.fatal)
        #expect(fatal.canResetNetwork && !fatal.canStartOver)
        await fatal.resetNetwork()
        #expect(app.welcome != nil)
        await app.quit()
    }

    @Test func `a broken database is not replaced unless somebody starts over`() async throws {
        let directory = Profile.freshDirectory()
        let first = app(directory)
        _ = try await created(first)
        await first.quit()
        for file in try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        where try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 > 4096 {
            var bytes = try Data(contentsOf: file)
            for index in stride(from: 100, to: bytes.count, by: 512) { bytes[index] ^= 0xFF }
            try bytes.write(to: file)
        }
        let second = app(directory)
        await second.start()
        let fatal = try #require(second.fatal)
        #expect(fatal.canStartOver)
        await fatal.startOver()
        #expect(second.welcome != nil)
        await second.quit()
    }
}
