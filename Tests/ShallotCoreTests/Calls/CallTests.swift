import Devnet
import Foundation
import MediaKit
import SessionCalls
import SessionWire
import ShallotStore
import Testing

@testable import ShallotCore

@Suite("Calls between two profiles", .serialized) struct CallTests {
    /// Without devices: nobody who tests hears or sees anything.
    private static let quiet = CallMedia(microphone: .tone(440), camera: .none, sound: AudioOutput())

    private func friendsWhoCall(_ network: TestNetwork) async throws -> (Person, Person) {
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setCallMode(.direct)
        try await ben.messenger.setCallMode(.direct)
        return (anna, ben)
    }

    @Test(.timeLimit(.minutes(5))) func `a call rings, is answered, lasts and leaves rows on both sides`() async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("it rings") { try await ben.calls.current?.isRingingHere == true }
        try await ben.calls.accept(Self.quiet)
        for person in [anna, ben] {
            try await eventually("the connection") { try await person.calls.current?.phase == .connected }
        }
        try await anna.calls.hangUp()
        try await eventually("the end") { try await ben.calls.current?.endReason == .hungUpThere }
        #expect(try await anna.calls.current?.endReason == .hungUpHere)
        try await eventually("the rows") {
            let (mine, theirs) = (try await anna.messages(ben).last, try await ben.messages(anna).last)
            return mine?.kind == .callOutgoing && mine?.callSeconds != nil && theirs?.kind == .callIncoming
                && theirs?.callSeconds != nil
        }
        await anna.messenger.close()
        await ben.messenger.close()
    }

    @Test(.timeLimit(.minutes(5))) func `declining ends the call at the caller, and both rows say so`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("it rings") { try await ben.calls.current?.isRingingHere == true }
        try await ben.calls.decline()
        try await eventually("the end") { try await anna.calls.current?.endReason == .declinedThere }
        try await eventually("the row") { try await ben.messages(anna).last?.kind == .callDeclined }
        #expect(try await ben.messages(anna).last?.isRead == true)
        try await eventually("the caller's row") { try await anna.messages(ben).last?.kind == .callRefused }
    }

    @Test(.timeLimit(.minutes(5))) func `a camera that cannot be opened is off everywhere, and says why`() async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        let filming = CallMedia(
            microphone: .tone(440), camera: .camera("/dev/video-of-nobody"), isCameraOn: true, sound: AudioOutput())
        try await anna.calls.place(ben.id, media: filming)
        try await eventually("the camera is off") {
            let call = try await anna.calls.current
            return call?.isCameraOn == false && call?.troubles.contains { $0.kind == .camera } == true
        }
        try await eventually("it rings") { try await ben.calls.current?.isRingingHere == true }
        try await ben.calls.accept(Self.quiet)
        try await eventually("the connection") { try await anna.calls.current?.phase == .connected }
        try await anna.calls.setCamera(isOn: true)
        try await eventually("it is off again") {
            let call = try await anna.calls.current
            return call?.isCameraOn == false && call?.troubles.contains { $0.kind == .camera } == true
        }
        // What is said over the channel comes in order: had a picture been announced to the end, Ben would know.
        try await anna.calls.hangUp()
        try await eventually("the end") { try await ben.calls.current?.hasEnded == true }
        #expect(try await ben.calls.current?.hasPicture == false)
    }

    @Test(.timeLimit(.minutes(5)))
    func `with calls off nothing rings or is sent, and a row says so`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setCallMode(.direct)
        let before = await network.devnet.messages(of: anna.id).flatMap { $0 }.count
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("the row") {
            await ben.messenger.pollNow()
            return try await ben.messages(anna).last?.kind == .callMissedOff
        }
        #expect(try await ben.calls.current == nil)
        #expect(try await ben.messages(anna).last?.isRead == false)
        await #expect(throws: CallError.off) { try await ben.calls.place(anna.id, media: Self.quiet) }
        #expect(await network.devnet.messages(of: anna.id).flatMap { $0 }.count == before)
        try await anna.calls.hangUp()
    }

    @Test(.timeLimit(.minutes(5))) func `whoever was not accepted can neither call nor be called`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.newcomer("Anna")
        let ben = try await network.newcomer("Ben")
        for person in [anna, ben] { try await person.messenger.setCallMode(.direct) }
        try await anna.says("hello", to: ben)
        try await ben.gets(.request, from: anna)
        await #expect(throws: CallError.notAccepted) { try await anna.calls.place(ben.id, media: Self.quiet) }
        await #expect(throws: CallError.notAccepted) { try await ben.calls.place(anna.id, media: Self.quiet) }
    }

    @Test(.timeLimit(.minutes(5))) func `before Answer nothing is sent to the caller, and no media is opened`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        let before = await network.devnet.messages(of: anna.id).flatMap { $0 }.count
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("the offer") { try await ben.calls.current?.phase == .incomingRinging }
        try await ben.catchUp()
        #expect(try await ben.calls.statistics() == nil)
        #expect(await network.devnet.messages(of: anna.id).flatMap { $0 }.count == before)
        try await anna.calls.hangUp()
        try await eventually("the end") { try await ben.calls.current?.hasEnded == true }
        #expect(try await ben.messages(anna).last?.kind == .callMissed)
    }

    @Test(.timeLimit(.minutes(5))) func `a call that is over does not ring again after a restart`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("it rings") { try await ben.calls.current?.isRingingHere == true }
        try await ben.calls.decline()
        try await eventually("the row") { try await ben.messages(anna).last?.kind == .callDeclined }
        let rows = try await ben.messages(anna).count
        await ben.messenger.close()
        let again = Person(messenger: try await network.open("Ben"), id: ben.id)
        try await again.store.forgetExpiredHashes(now: .distantFuture)
        try await again.catchUp()
        #expect(try await again.calls.current == nil)
        #expect(try await again.messages(anna).count == rows)
    }

    private func connected(_ network: TestNetwork) async throws -> (Person, Person) {
        let (anna, ben) = try await friendsWhoCall(network)
        try await anna.calls.place(ben.id, media: Self.quiet)
        try await eventually("it rings") { try await ben.calls.current?.isRingingHere == true }
        try await ben.calls.accept(Self.quiet)
        for person in [anna, ben] {
            try await eventually("the connection") { try await person.calls.current?.phase == .connected }
        }
        return (anna, ben)
    }

    @Test(.timeLimit(.minutes(5))) func `only other addresses of this machine are a reason to look for a new way`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await connected(network)
        let events = anna.messenger.events()
        // A new name server, a cheaper connection, a machine that woke up: none of them is a new address.
        await anna.messenger.networkChanged(isAvailable: true)
        #expect(try await anna.calls.current?.phase == .connected)
        try await anna.calls.pretend(addresses: ["192.0.2.1"])
        await anna.messenger.networkChanged(isAvailable: true)
        #expect(try await anna.calls.current?.phase == .reconnecting)
        for await event in events {
            if case .call(let call) = event, call.phase == .connected { break }
        }
        try await anna.calls.hangUp()
        try await eventually("the end") { try await ben.calls.current?.endReason == .hungUpThere }
    }

    // MARK: Two devices

    private func household(_ network: TestNetwork) async throws -> (Person, [Person]) {
        let (anna, ben) = try await friendsWhoCall(network)
        try await ben.isPushed()
        let other = try await network.device("Ben's other device", of: ben)
        try await other.isRestored()
        try await other.messenger.setCallMode(.direct)
        try await anna.calls.place(ben.id, media: Self.quiet)
        for device in [ben, other] {
            try await eventually("it rings") { try await device.calls.current?.phase == .incomingRinging }
        }
        return (anna, [ben, other])
    }

    @Test(.timeLimit(.minutes(5))) func `a call that one device answers stops ringing at the other`() async throws {
        let network = try await TestNetwork()
        let (anna, devices) = try await household(network)
        try await devices[0].calls.accept(Self.quiet)
        try await eventually("the other is silent") {
            try await devices[1].calls.current?.endReason == .answeredElsewhere
        }
        try await eventually("the row") { try await devices[1].messages(anna).last?.kind == .callIncoming }
        try await eventually("the connection") { try await anna.calls.current?.phase == .connected }
        try await anna.calls.hangUp()
        try await eventually("the end") { try await devices[0].calls.current?.endReason == .hungUpThere }
    }

    @Test(.timeLimit(.minutes(5))) func `of two devices that answer at once one has the call, and keeps it`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, devices) = try await household(network)
        async let first: Void = devices[0].calls.accept(Self.quiet)
        async let second: Void = devices[1].calls.accept(Self.quiet)
        _ = try await (first, second)
        try await eventually("one gives way") {
            for device in devices
            where try await device.calls.current?.endReason == .answeredElsewhere { return true }
            return false
        }
        // Whatever that one had to say has arrived.
        try await anna.catchUp()
        try await eventually("the connection") { try await anna.calls.current?.phase == .connected }
        var phases: [Call.Phase?] = []
        for device in devices { phases.append(try await device.calls.current?.phase) }
        #expect(phases.contains(.connected) && phases.contains(.ended(.answeredElsewhere)), "\(phases)")
        try await anna.calls.hangUp()
    }

    @Test(.timeLimit(.minutes(5))) func `relay only, without a relay, is refused before anything is sent`() async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await friendsWhoCall(network)
        try await anna.messenger.setCallMode(.relayOnly, of: ben.id)
        await #expect(throws: CallError.noRelay) { try await anna.calls.place(ben.id, media: Self.quiet) }
    }
}

extension CallService {
    /// What the machine had when the call began.
    fileprivate func pretend(addresses: Set<String>) { self.addresses = addresses }
}

extension Person {
    fileprivate var calls: CallService {
        get async throws { try await messenger.calls() }
    }
}
