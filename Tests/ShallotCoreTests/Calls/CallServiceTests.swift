import BaseKit
import Foundation
import SessionCalls
import SessionNetwork
import SessionWire
import SodiumKit
import Testing

@testable import SessionMedia
@testable import ShallotCore
@testable import ShallotStore

/// What is done with calls, without a network and without anybody on the other side.
@Suite("Calls at one desk", .timeLimit(.minutes(5))) struct CallServiceTests {
    private let id = CallID(random: SystemRandom())

    // MARK: Whether and how

    @Test func `somebody for whom calls are off does not ring and is not called`() async throws {
        let desk = try await CallDesk()
        let calls = desk.calls()
        try await desk.store.setPreference(.callModesOfPeople, to: [desk.friend.accountID.description: .off])
        await calls.hear(.preOffer, id, at: desk)
        #expect(await calls.current == nil)
        await #expect(throws: CallError.off) { try await calls.place(desk.friend.accountID, media: CallDesk.quiet) }
        await calls.shutDown()
        let row = try await desk.store.page(.account(desk.friend.accountID), limit: 10).last
        #expect(row?.kind == .callMissedOff)
    }

    @Test func `a call cannot be answered once calls were turned off while it rang`() async throws {
        let desk = try await CallDesk()
        let calls = desk.calls()
        try await desk.store.setPreference(.callModesOfPeople, to: [desk.friend.accountID.description: .relayOnly])
        await calls.hear(.preOffer, id, at: desk)
        #expect(await calls.current?.isRingingHere == true)
        try await desk.store.setPreference(.callMode, to: .off)
        await #expect(throws: CallError.off) { try await calls.accept(CallDesk.quiet) }
        try await desk.store.setPreference(.callMode, to: .direct)
        // Through a relay, of which there is none here: and not directly.
        await #expect(throws: CallError.noRelay) { try await calls.accept(CallDesk.quiet) }
        try await desk.store.setBlocked(true, for: desk.friend.accountID)
        await #expect(throws: CallError.blocked) { try await calls.accept(CallDesk.quiet) }
        #expect(await calls.current?.isAccepted == false)
        #expect(desk.tried.isEmpty)
    }

    // MARK: Signals

    @Test func `the end of a call is not stored before what began it`() async throws {
        let desk = try await CallDesk()
        let calls = desk.calls()
        desk.hold(.preOffer)
        try await calls.place(desk.friend.accountID, media: CallDesk.quiet)
        try await eventually("it is announced") { desk.tried == [.preOffer] }
        await calls.hangUp()
        try await eventually("the end is on its way") { desk.times == 2 }
        desk.letGo()
        await calls.shutDown()
        #expect(desk.stored == [.preOffer, .end])
    }

    @Test func `what began a call is not tried again once it is over`() async throws {
        let desk = try await CallDesk()
        let calls = desk.calls()
        desk.hold(.preOffer)
        desk.refuse(.preOffer)
        try await calls.place(desk.friend.accountID, media: CallDesk.quiet)
        try await eventually("it is announced") { desk.tried == [.preOffer] }
        await calls.hangUp()
        desk.letGo()
        await calls.shutDown()
        #expect(desk.tried == [.preOffer, .end])
        #expect(desk.stored == [.end])
    }

    @Test func `a time that cannot be had is asked for again`() async throws {
        let desk = try await CallDesk()
        let calls = desk.calls()
        desk.loseTimes(3)
        try await calls.place(desk.friend.accountID, media: CallDesk.quiet)
        try await eventually("it is announced") { desk.stored.first == .preOffer }
        await calls.hangUp()
        await calls.shutDown()
    }

    // MARK: Media

    /// The second desk shows that there was time enough.
    @Test func `nothing is opened before the call before has given its devices back`() async throws {
        let (desk, other) = (try await CallDesk(), try await CallDesk())
        let (calls, others) = (desk.calls(), other.calls())
        let (closing, close) = AsyncStream.makeStream(of: Never.self)
        await calls.wait(for: Task { for await _ in closing {} })
        try await calls.place(desk.friend.accountID, media: CallDesk.quiet)
        try await eventually("it is announced") { desk.stored == [.preOffer] }
        try await others.place(other.friend.accountID, media: CallDesk.quiet)
        try await eventually("the other desk offers") { other.stored == [.preOffer, .offer] }
        #expect(desk.stored == [.preOffer])
        close.finish()
        try await eventually("the offer") { desk.stored == [.preOffer, .offer] }
        for service in [calls, others] {
            await service.hangUp()
            await service.shutDown()
        }
    }

    @Test func `a handshake that is over before it is waited for is not waited for`() {
        for isFirst in [true, false] {
            let limits = EngineLimits()
            if isFirst { limits.isSecured() }
            limits.handshake(hasWay: { true }, missed: {})
            #expect(limits.watchesHandshake == !isFirst)
            limits.isSecured()
            #expect(!limits.watchesHandshake)
        }
    }

    // MARK: What is remembered

    @Test func `somebody who calls while calls are off is told of once a day, across restarts too`() async throws {
        let desk = try await CallDesk()
        try await desk.store.setPreference(.callMode, to: .off)
        for _ in 0..<2 {
            let calls = desk.calls()
            await calls.hear(.preOffer, CallID(random: SystemRandom()), at: desk)
            await calls.shutDown()
        }
        let told = desk.events.filter { if case .calledWhileOff = $0 { true } else { false } }
        #expect(told.count == 1)
        #expect(try await desk.store.page(.account(desk.friend.accountID), limit: 10).count == 2)
    }

    @Test func `what could not be read is read when the next call comes`() async throws {
        let desk = try await CallDesk()
        let former = desk.calls()
        await former.hear(.preOffer, id, at: desk)
        await former.decline()
        await former.shutDown()
        let calls = desk.calls()
        try await desk.store.transaction { try $0.execute("ALTER TABLE call RENAME TO mislaid") }
        await calls.hear(.candidates([]), CallID(random: SystemRandom()), at: desk)
        try await desk.store.transaction { try $0.execute("ALTER TABLE mislaid RENAME TO call") }
        await calls.hear(.preOffer, id, at: desk)
        #expect(await calls.current == nil)
    }
}

extension CallService {
    /// Something that is still being closed.
    fileprivate func wait(for closing: Task<Void, Never>) { lastClosing = closing }
}
