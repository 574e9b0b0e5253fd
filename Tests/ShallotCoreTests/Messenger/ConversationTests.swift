import SessionWire
import ShallotCore
import ShallotStore
import Testing

@Suite("A conversation through the network", .serialized) struct ConversationTests {
    @Test(.timeLimit(.minutes(5))) func `a first message becomes a request, is accepted by a reply, and goes on`()
        async throws
    {
        let network = try await TestNetwork()
        let anna = try await network.newcomer("Anna")
        let ben = try await network.newcomer("Ben")
        try await anna.says("hello Ben", to: ben)
        try await ben.gets(.request, from: anna)
        #expect(try await ben.store.allConversations().isEmpty)
        #expect(try await ben.store.contact(anna.id)?.name == "Anna")

        try await ben.says("hello Anna", to: anna)
        try await anna.gets("hello Anna", from: ben)
        let rows = try await anna.messages(ben)
        #expect(rows.map(\.kind) == [.text, .requestAccepted, .text])
        #expect(try await anna.store.contact(ben.id)?.approvedMe == true)
        #expect(try await ben.messages(anna).map(\.kind) == [.text, .youAccepted, .text])
        #expect(try await ben.store.allRequests().isEmpty)

        try await anna.says("how are you?", to: ben)
        try await ben.gets("how are you?", from: anna)
        await anna.messenger.close()
        await ben.messenger.close()
    }

    @Test(.timeLimit(.minutes(5))) func `another device of the account gets a copy of what was sent`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        let phrase = try await anna.messenger.recoveryPhrase().joined(separator: " ")
        let second = try await network.open("Anna's laptop")
        let id = try await second.restoreAccount(phrase: phrase, displayName: nil)
        #expect(id == anna.id)
        let laptop = Person(messenger: second, id: id)
        try await anna.says("from the desk", to: ben)
        try await laptop.gets("from the desk", from: ben)
        let copy = try #require(try await laptop.messages(ben).last)
        #expect(copy.isOutgoing && copy.author == anna.id && copy.delivery == .sent)
        #expect(try await laptop.store.contact(ben.id)?.isApproved == true)
        try await anna.catchUp()
        #expect(try await anna.bodies(ben) == ["hello", "from the desk"], "the own copy is no second message")
    }

    @Test(.timeLimit(.minutes(5))) func `a note to self is kept once and reaches the other device`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.newcomer("Anna")
        let laptop = Person(messenger: try await network.open("laptop"), id: anna.id)
        _ = try await laptop.messenger.restoreAccount(
            phrase: anna.messenger.recoveryPhrase().joined(separator: " "), displayName: "Anna")
        try await anna.says("buy milk", to: anna)
        try await laptop.gets("buy milk", from: anna)
        try await anna.catchUp()
        #expect(try await anna.bodies(anna) == ["buy milk"])
        #expect(try await anna.store.allConversations().map(\.isNoteToSelf) == [true])
        #expect(try await anna.store.contact(anna.id) == nil)
    }

    @Test(.timeLimit(.minutes(5))) func `a declined request leaves nothing, and a new message asks again`() async throws
    {
        let network = try await TestNetwork()
        let anna = try await network.newcomer("Anna")
        let ben = try await network.newcomer("Ben")
        try await anna.says("first", to: ben)
        try await ben.gets(.request, from: anna)
        try await ben.messenger.declineRequest(anna.conversation)
        #expect(try await ben.store.allRequests().isEmpty)
        #expect(try await ben.store.contact(anna.id) == nil)
        try await anna.says("second", to: ben)
        try await ben.gets(.request, from: anna)
        #expect(try await ben.bodies(anna) == ["second"])
        #expect(try await anna.store.contact(ben.id)?.approvedMe == false, "declining tells nobody")
    }

    @Test(.timeLimit(.minutes(5))) func `nothing from a blocked person arrives, and nothing can be sent to them`()
        async throws
    {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await ben.messenger.setBlocked(true, anna.id)
        try await anna.says("can you hear me?", to: ben)
        try await ben.catchUp()
        #expect(try await ben.bodies(anna) == ["hello"])
        await #expect(throws: SendError.blocked) { try await ben.messenger.send("no", to: anna.conversation) }
        try await ben.messenger.setBlocked(false, anna.id)
        try await ben.catchUp()
        #expect(try await ben.bodies(anna) == ["hello"], "what was written meanwhile is lost")
        try await anna.says("and now?", to: ben)
        try await ben.gets("and now?", from: anna)
    }

    @Test(.timeLimit(.minutes(5))) func `a new name reaches a contact with the next message`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = try await network.friends()
        try await anna.messenger.setDisplayName("Anna K.")
        try await anna.says("I have a new name", to: ben)
        try await ben.gets("I have a new name", from: anna)
        #expect(try await ben.store.contact(anna.id)?.name == "Anna K.")
    }
}
