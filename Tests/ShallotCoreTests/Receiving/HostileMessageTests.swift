import BaseKit
import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
import Testing

/// Messages made by hand and put into the swarm, as anybody could.
@Suite("Messages that are not what they say", .serialized) struct HostileMessageTests {
    private let mallory = AccountKeys.generate()

    private func content(
        _ body: String, at timestamp: UInt64, syncTarget: String? = nil, profile: Profile? = nil
    ) -> MessageContent {
        MessageContent(
            kind: .data(DataMessage(body: body, profile: profile, syncTarget: syncTarget)), sentTimestamp: timestamp)
    }

    private func now(_ person: Person) -> UInt64 { person.messenger.network.now() }

    private func encode(_ content: MessageContent, to person: Person) throws -> [UInt8] {
        try DirectMessage.encode(content, from: mallory, to: person.id, random: SystemRandom())
    }

    /// Mallory as Ben's messenger sees him.
    private func mallory(at ben: Person) -> Person { Person(messenger: ben.messenger, id: mallory.accountID) }

    /// Puts items into Ben's swarm, with a good one after them, and tells what he is shown besides the good one.
    private func shown(_ items: (Person) throws -> [[UInt8]]) async throws -> [String] {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        for item in try items(ben) { await network.devnet.inject(item, for: ben.id) }
        await network.devnet.inject(try encode(content("the good one", at: now(ben) + 1_000), to: ben), for: ben.id)
        try await ben.gets("the good one", from: mallory(at: ben))
        try await ben.catchUp()
        return try await ben.bodies(mallory(at: ben)).filter { $0 != "the good one" }
    }

    @Test(.timeLimit(.minutes(5))) func `junk does no harm to what follows`() async throws {
        let found = try await shown { ben in
            let good = try encode(content("cut", at: now(ben)), to: ben)
            return [
                [0x00], [0x00, 0x02, 1, 2, 3], [UInt8](repeating: 0xff, count: 500), SystemRandom().bytes(76_800),
                Array(good.dropLast(10)), Array(good.prefix(143)), good.reversed(),
            ]
        }
        #expect(found.isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `a flipped bit makes a message disappear or leaves it as it was`() async throws
    {
        let found = try await shown { ben in
            let good = try encode(content("genuine", at: now(ben)), to: ben)
            return stride(from: 0, to: good.count, by: 7).map { position in
                var flipped = good
                flipped[position] ^= 0x10
                return flipped
            }
        }
        #expect(Set(found).subtracting(["genuine"]).isEmpty)
        #expect(found.count <= 1)
    }

    @Test(.timeLimit(.minutes(5))) func `an envelope with another time than the signed one is dropped`() async throws {
        let found = try await shown { ben in
            let time = now(ben)
            let signed = content("moved", at: time).encoded()
            return [
                try DirectMessage.seal(
                    signed, timestamp: time + 1, from: mallory, to: ben.id, random: SystemRandom())
            ]
        }
        #expect(found.isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `far in the future or long ago is dropped, a little of both is not`()
        async throws
    {
        let day: UInt64 = 86_400_000
        let found = try await shown { ben in
            let now = now(ben)
            let times = [now + 2 * day, now - 40 * day, now + 60_000, now - 13 * day, 4_102_444_800_000_000]
            return try times.enumerated().map { try encode(content("\($0)", at: $1), to: ben) }
        }
        #expect(Set(found) == ["2", "3"])
    }

    @Test(.timeLimit(.minutes(5))) func `the same message in another wrapping is shown once`() async throws {
        let found = try await shown { ben in
            let message = content("twice", at: now(ben))
            return try (0..<3).map { _ in try encode(message, to: ben) }
        }
        #expect(found == ["twice"])
    }

    @Test(.timeLimit(.minutes(5))) func `a copy for other devices counts only from oneself`() async throws {
        let found = try await shown { ben in
            try [mallory.accountID.description, ben.id.description, "nonsense"].enumerated()
                .map { try encode(content("copy", at: now(ben) + UInt64($0), syncTarget: $1), to: ben) }
        }
        #expect(found.isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `a message for somebody else does not open`() async throws {
        let other = AccountKeys.generate()
        let found = try await shown { ben in
            [
                try DirectMessage.encode(
                    content("for another", at: now(ben)), from: mallory, to: other.accountID, random: SystemRandom())
            ]
        }
        #expect(found.isEmpty)
    }

    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func `only its author takes a message back`(isAuthor: Bool) async throws {
        let found = try await shown { ben in
            let time = now(ben)
            let unsend = UnsendRequest(timestamp: time, author: isAuthor ? mallory.accountID : ben.id)
            return [
                try encode(content("said", at: time), to: ben),
                try encode(MessageContent(kind: .unsend(unsend), sentTimestamp: time + 5), to: ben),
            ]
        }
        #expect(found == (isAuthor ? [] : ["said"]))
    }

    @Test(.timeLimit(.minutes(5))) func `what this version does not show is skipped`() async throws {
        let found = try await shown { ben in
            let time = now(ben)
            let kinds: [MessageContent.Kind] = [
                .typing(isStarted: true, timestamp: time), .readReceipt([time]), .unknown,
                .dataExtraction(DataExtraction(kind: .mediaSaved)), .call(CallMessage(kind: .preOffer, uuid: "x")),
                .data(DataMessage(body: " \n\t")), .data(DataMessage(body: "\u{0}\u{1}")),
                .data(DataMessage(reaction: Reaction(timestamp: time, author: ben.id, emoji: "😂", isAdded: true))),
            ]
            return try kinds.enumerated().map { index, kind in
                try encode(MessageContent(kind: kind, sentTimestamp: time + UInt64(index)), to: ben)
            }
        }
        #expect(found.isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `an approval that nobody asked for leaves no trace`() async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        for isApproved in [true, false] {
            let response = MessageContent(
                kind: .messageRequestResponse(MessageRequestResponse(isApproved: isApproved)), sentTimestamp: now(ben))
            await network.devnet.inject(try encode(response, to: ben), for: ben.id)
        }
        try await ben.catchUp()
        #expect(try await ben.store.allConversations().isEmpty)
        #expect(try await ben.store.allRequests().isEmpty)
        #expect(try await ben.store.contacts().isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `a second approval adds no second line`() async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let sender = mallory(at: ben)
        try await ben.says("hello Mallory", to: sender)
        for offset: UInt64 in 10..<13 {
            let response = MessageContent(
                kind: .messageRequestResponse(MessageRequestResponse(isApproved: true)),
                sentTimestamp: now(ben) + offset)
            await network.devnet.inject(try encode(response, to: ben), for: ben.id)
        }
        try await ben.gets(.accepted, from: sender)
        try await ben.catchUp()
        #expect(try await ben.messages(sender).map(\.kind) == [.text, .requestAccepted])
    }

    @Test(.timeLimit(.minutes(5))) func `a newer message format is noticed and nothing else happens`() async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let events = ben.messenger.events()
        await network.devnet.inject([0x00, 0x02] + SystemRandom().bytes(300), for: ben.id)
        await ben.messenger.pollNow()
        for await event in events {
            if case .newerFormatSeen = event { break }
        }
        #expect(try await ben.store.allRequests().isEmpty)
    }

    @Test(.timeLimit(.minutes(5))) func `a name without an end is cut and a picture without a key is ignored`()
        async throws
    {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let profile = Profile(
            displayName: String(repeating: "ü", count: 5_000), pictureURL: "http://x/file/1", pictureKey: [1, 2, 3],
            updatedSeconds: 7)
        await network.devnet.inject(try encode(content("hi", at: now(ben), profile: profile), to: ben), for: ben.id)
        try await ben.gets(.request, from: mallory(at: ben))
        let contact = try #require(try await ben.store.contact(mallory.accountID))
        #expect((contact.name?.utf8.count ?? 0) <= 100)
        #expect(contact.pictureURL == nil && contact.pictureKey == nil)
    }

    @Test(.timeLimit(.minutes(5))) func `what was deleted does not come back in another wrapping`() async throws {
        let network = try await TestNetwork()
        let ben = try await network.newcomer("Ben")
        let message = content("played back", at: now(ben))
        await network.devnet.inject(try encode(message, to: ben), for: ben.id)
        try await ben.gets(.request, from: mallory(at: ben))
        try await ben.messenger.declineRequest(.account(mallory.accountID))
        await network.devnet.inject(try encode(message, to: ben), for: ben.id)
        try await ben.catchUp()
        #expect(try await ben.store.allRequests().isEmpty)
        #expect(try await ben.bodies(mallory(at: ben)).isEmpty)
    }
}
