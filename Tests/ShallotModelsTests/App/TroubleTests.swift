import Devnet
import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@testable import ShallotModels

/// What happened in the background and what the window says about it.
@MainActor @Suite(.timeLimit(.minutes(5))) struct TroubleTests {
    private func opened(_ open: @escaping @Sendable () async throws(OpenError) -> Messenger) async throws -> (
        AppModel, MainModel
    ) {
        var dependencies = AppDependencies(
            open: open, erase: {}, local: LocalSettings(file: nil),
            clipboard: ClipboardAccess(set: { _ in }, clear: { _ in }), applyAppearance: { _ in }, notify: { _ in })
        dependencies.surroundings = Samples.surroundings(ManualSleep())
        let app = AppModel(dependencies)
        await app.start()
        return (app, try #require(app.main))
    }

    @Test func `a disk that takes nothing is told from other troubles`() async throws {
        let profile = try await Profile()
        let (app, main) = try await opened { () async throws(OpenError) -> Messenger in profile.messenger }
        main.noteTroubles([.storageFailed("SELECT secret")])
        #expect(main.banner.storageTrouble == .other)
        #expect(main.banner.banner?.text.contains("secret") == false)
        main.noteTroubles([.storageFailed(StoreError.diskFull.description)])
        #expect(main.banner.banner?.kind == .storage)
        #expect(main.banner.storageTrouble == .full)
        await app.quit()
    }

    @Test func `contacts that have become too many are told until they fit again`() async throws {
        let profile = try await Profile()
        let (app, main) = try await opened { () async throws(OpenError) -> Messenger in profile.messenger }
        main.banner.isPhraseSaved = true
        main.noteTroubles([.configTooLong("Contacts")])
        #expect(main.banner.banner?.kind == .tooLong)
        main.noteTroubles([.configFits("Contacts")])
        #expect(main.banner.banner == nil)
        await app.quit()
    }

    @Test func `a message in a newer format is told once, also after a restart`() async throws {
        try await ConnectedProfile.run { profile in
            let (app, main) = try await opened { () async throws(OpenError) -> Messenger in profile.messenger }
            main.banner.isPhraseSaved = true
            let run = Task { await main.run() }
            await profile.devnet.inject([0x00, 0x02] + [UInt8](repeating: 7, count: 300), for: profile.own)
            await until {
                await profile.messenger.pollNow()
                return main.banner.banner?.kind == .newerFormat
            }
            main.dismiss(.newerFormat)
            #expect(main.banner.banner == nil)
            await main.settings.settle()
            run.cancel()
            let again = AccountSettings(store: profile.messenger.store)
            await again.load()
            #expect(again.knowsNewerFormat)
            main.noteTroubles([.newerFormatSeen])
            #expect(main.banner.banner == nil)
            await app.quit()
        }
    }

    @Test func `a large backlog is counted until nothing more waits`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.receive(1, from: maria)
        let page = try await profile.store.page(.account(maria), before: nil, limit: 1)
        let message = try #require(page.first)
        let (app, main) = try await opened { () async throws(OpenError) -> Messenger in profile.messenger }
        main.countArrivals([.messageReceived(message, nil)])
        #expect(main.fetchingText == nil)
        main.countArrivals(Array(repeating: .messageRestored(message, nil), count: 119))
        #expect(main.fetchingText == "Fetching messages… 120")
        main.countArrivals([.messageReceived(message, nil), .polled(Samples.now)])
        #expect(main.fetchingText == nil)
        await app.quit()
    }
}
