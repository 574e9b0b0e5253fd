import SessionWire
import ShallotModels
import ShallotStore
import Testing

@MainActor @Suite(.timeLimit(.minutes(5))) struct NewConversationTests {
    @Test func `an Account ID is taken with any spaces and case`() async throws {
        let profile = try await Profile()
        let somebody = Profile.person()
        let model = NewConversationModel(messenger: profile.messenger, own: profile.own)
        await model.load()
        model.input = "  \(somebody.grouped.uppercased())\n"
        #expect(model.classification == .account(somebody))
        #expect(model.accountAction?.title == "Message this Account ID")
        #expect(model.submit() == .account(somebody))
        #expect(await model.open(.account(somebody)))
        #expect(try await profile.store.conversation(.account(somebody)) != nil)
    }

    @Test func `one's own ID is Note to Self`() async throws {
        let profile = try await Profile()
        let model = NewConversationModel(messenger: profile.messenger, own: profile.own)
        model.input = profile.own.description
        #expect(model.accountAction?.title == "Note to Self")
    }

    @Test func `a contact's ID and name find the contact`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.addContact("Tom")
        let model = NewConversationModel(messenger: profile.messenger, own: profile.own)
        await model.load()
        #expect(model.matches.map(\.name) == ["Maria", "Tom"])
        model.input = maria.description
        #expect(model.matches.map(\.id) == [maria])
        #expect(model.accountAction == nil)
        model.input = "mar"
        #expect(model.classification == .name)
        #expect(model.submit() == .account(maria))
    }

    @Test(arguments: [
        ("03" + String(repeating: "ab", count: 32), "This is a group ID; groups are joined by invitation."),
        ("15" + String(repeating: "ab", count: 32), "This ID only works inside its community."),
        ("07" + String(repeating: "ab", count: 32), "An Account ID starts with 05."),
        ("05" + String(repeating: "00", count: 32), "Nobody can have this Account ID. Copy it again."),
        ("05" + String(repeating: "a", count: 63), "An Account ID has 66 characters; these are 65."),
        (
            "05" + String(repeating: "ab", count: 31) + "zz",
            "An Account ID has only the digits 0 to 9 and the letters a to f."
        ),
    ])
    func `what is no Account ID is explained`(input: String, reason: String) async throws {
        let profile = try await Profile()
        let model = NewConversationModel(messenger: profile.messenger, own: profile.own)
        await model.load()
        model.input = input
        #expect(model.problem == reason)
        #expect(model.submit() == nil)
    }

    @Test func `an unknown name is told, an empty field only when tried`() async throws {
        let profile = try await Profile()
        let model = NewConversationModel(messenger: profile.messenger, own: profile.own)
        await model.load()
        #expect(model.problem == nil)
        #expect(model.submit() == nil)
        #expect(model.problem == "Enter an Account ID")
        model.input = "Zoe"
        #expect(model.problem == "No contact has this name. Enter an Account ID to write to somebody new.")
    }
}
