import Foundation
import Testing

@testable import ShallotModels

@MainActor @Suite struct BannerModelTests {
    let model = BannerModel()

    @Test func `nothing is shown while nothing is known`() {
        #expect(model.banner == nil)
    }

    @Test func `the clock comes first, then the network, then the phrase`() {
        model.isPhraseSaved = false
        #expect(model.banner?.kind == .phrase)
        model.isOffline = true
        #expect(model.banner?.kind == .offline)
        model.clockOffset = .seconds(-3600)
        #expect(model.banner?.kind == .clock)
        #expect(
            model.banner?.text == "Your clock is 60 minutes off. Messages are still sent, but times may look wrong.")
        model.clockOffset = .zero
        model.isOffline = false
        model.isPhraseSaved = true
        #expect(model.banner == nil)
    }

    @Test func `a missing name is asked for until there is one`() {
        model.isNameMissing = true
        #expect(model.banner?.kind == .name && model.banner?.role == .status && model.banner?.action != nil)
        model.dismiss(.name)
        #expect(model.banner?.kind == .name)
        model.isOffline = true
        #expect(model.banner?.kind == .offline)
        model.isOffline = false
        model.isNameMissing = false
        #expect(model.banner == nil)
    }

    @Test(arguments: [119, 120, -120])
    func `two minutes are tolerated`(seconds: Int) {
        model.clockOffset = .seconds(seconds)
        #expect(model.banner == nil)
    }

    @Test func `a hidden banner lets the next one through`() {
        model.clockOffset = .seconds(7200)
        model.isPhraseSaved = false
        model.dismiss(.clock)
        #expect(model.banner?.kind == .phrase)
        model.dismiss(.phrase)
        #expect(model.banner == nil)
    }

    @Test func `a clock that was right meanwhile is told again`() {
        model.clockOffset = .seconds(7200)
        model.dismiss(.clock)
        model.clockOffset = .zero
        model.clockOffset = .seconds(7200)
        #expect(model.banner?.kind == .clock)
    }

    @Test func `a full disk comes before everything until what waits could be kept`() {
        model.clockOffset = .seconds(7200)
        model.storageFailed(.full, at: Samples.now)
        #expect(model.banner?.kind == .storage)
        #expect(model.banner?.role == .alert)
        #expect(model.banner?.text.contains("disk is full") == true)
        model.dismiss(.storage)
        #expect(model.banner?.kind == .storage)
        model.polled(at: Samples.now.addingTimeInterval(60))
        #expect(model.banner?.kind == .clock)
    }

    @Test func `an empty poll between two failures proves nothing`() {
        model.storageFailed(.other, at: Samples.now)
        model.polled(at: Samples.now.addingTimeInterval(4))
        #expect(model.banner?.kind == .storage)
        model.storageFailed(.other, at: Samples.now.addingTimeInterval(5))
        model.polled(at: Samples.now.addingTimeInterval(14))
        #expect(model.banner?.kind == .storage)
        model.polled(at: Samples.now.addingTimeInterval(16))
        #expect(model.banner == nil)
    }

    @Test func `a newer format waits behind everything else and can be hidden`() {
        model.hasNewerFormat = true
        model.isPhraseSaved = false
        #expect(model.banner?.kind == .phrase)
        model.isPhraseSaved = true
        #expect(model.banner?.kind == .newerFormat)
        #expect(model.banner?.role == .status)
        model.dismiss(.newerFormat)
        #expect(model.banner == nil)
    }

    @Test func `what has outgrown the network is named until it fits, or is hidden`() {
        model.hasNewerFormat = true
        model.tooLong = ["Contacts", "UserGroups"]
        #expect(model.banner?.kind == .tooLong)
        #expect(model.banner?.role == .status)
        model.tooLong.remove("Contacts")
        #expect(model.banner?.kind == .tooLong)
        model.dismiss(.tooLong)
        #expect(model.banner?.kind == .newerFormat)
        model.tooLong.remove("UserGroups")
        model.tooLong.insert("Contacts")
        #expect(model.banner?.kind == .tooLong, "it fitted meanwhile")
        model.isPhraseSaved = false
        #expect(model.banner?.kind == .phrase)
    }

    @Test func `the network's banner cannot be hidden`() {
        model.isOffline = true
        model.dismiss(.offline)
        #expect(model.banner?.text == "No connection. Messages you send will wait here.")
    }
}
