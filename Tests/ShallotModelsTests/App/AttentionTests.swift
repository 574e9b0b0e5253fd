import Foundation
import SessionNetwork
import ShallotCore
import Testing

@testable import ShallotModels

/// - Source: network.md §5
@MainActor @Suite("Who would see new messages", .timeLimit(.minutes(5))) struct AttentionTests {
    @Test func `the messenger knows whether the window has the keyboard, is open, or is closed`() async throws {
        let directory = Profile.freshDirectory()
        var dependencies = AppDependencies(
            open: { () async throws(OpenError) -> Messenger in try await Profile.open(directory) }, erase: {},
            local: LocalSettings(file: nil), clipboard: ClipboardAccess(set: { _ in }, clear: { _ in }),
            applyAppearance: { _ in }, notify: { _ in })
        dependencies.surroundings = Samples.surroundings(ManualSleep())
        let app = AppModel(dependencies)
        await app.start()
        let onboarding = try #require(app.welcome)
        onboarding.beginRestoring()
        let restore = try #require(onboarding.restore)
        restore.paste(RestoreModelTests.phrase)
        await restore.submit()
        await onboarding.restoring?.openNow()
        let main = try #require(app.main)
        main.isActive = true
        await until { await main.messenger.attention == .focused }
        main.isActive = false
        await until { await main.messenger.attention == .visible }
        main.isHidden = true
        await until { await main.messenger.attention == .hidden }
        main.isActive = true
        #expect(!main.isHidden)
        await until { await main.messenger.attention == .focused }
        await app.quit()
    }
}
