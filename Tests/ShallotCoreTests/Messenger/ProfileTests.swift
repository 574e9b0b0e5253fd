import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import ShallotTestSupport
import Testing

@Suite("A profile on disk") struct ProfileTests {
    private let folder = TemporaryFolder.fresh("profile")

    private var options: MessengerOptions {
        MessengerOptions(directory: folder, definition: NetworkDefinition(name: "Nowhere", seeds: []))
    }

    private static let phrase = "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept"
    private static let id = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"

    @Test func `an account is made offline and is still there after reopening`() async throws {
        let messenger = try await Messenger.open(options)
        #expect(try await messenger.account() == nil)
        let id = try await messenger.createAccount(displayName: "  Anna  ")
        let phrase = try await messenger.recoveryPhrase()
        #expect(phrase.count == 13)
        await messenger.close()

        let again = try await Messenger.open(options)
        let account = try #require(try await again.account())
        #expect(account.accountID == id && account.displayName == "Anna" && !account.isPhraseSaved)
        #expect(try await again.recoveryPhrase() == phrase)
        try await again.setPhraseSaved()
        #expect(try await again.account()?.isPhraseSaved == true)
        await again.close()
    }

    @Test func `a phrase brings its account back, once`() async throws {
        let messenger = try await Messenger.open(options)
        let id = try await messenger.restoreAccount(phrase: Self.phrase, displayName: nil)
        #expect(id.description == Self.id)
        await #expect(throws: AccountError.alreadyExists) {
            try await messenger.restoreAccount(phrase: Self.phrase, displayName: nil)
        }
        await #expect(throws: AccountError.alreadyExists) { try await messenger.createAccount(displayName: "Ben") }
        await messenger.close()
    }

    @Test(arguments: [
        ("", AccountError.phrase(.tooFewWords(0))),
        ("vexed enjoy pigment", .phrase(.tooFewWords(3))),
        (
            "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted vexed",
            .phrase(.checksumMismatch)
        ),
        (
            "vexed enjoy qqqqq films adept voted vexed enjoy pigment films adept voted adept",
            .phrase(.unknownWord(position: 3))
        ),
    ])
    func `a wrong phrase says what is wrong and leaves no account`(phrase: String, error: AccountError) async throws {
        let messenger = try await Messenger.open(options)
        await #expect(throws: error) { try await messenger.restoreAccount(phrase: phrase, displayName: nil) }
        #expect(try await messenger.account() == nil)
        await messenger.close()
    }

    @Test(arguments: [
        ("", AccountError.nameMissing), (" \n\t", .nameMissing),
        (String(repeating: "a", count: 101), .nameTooLong(excessBytes: 1)),
        (String(repeating: "ü", count: 60), .nameTooLong(excessBytes: 20)),
    ])
    func `a name has 1 to 100 bytes`(name: String, error: AccountError) async throws {
        let messenger = try await Messenger.open(options)
        await #expect(throws: error) { try await messenger.createAccount(displayName: name) }
        await messenger.close()
    }

    @Test func `two clicks make one account`() async throws {
        let messenger = try await Messenger.open(options)
        let ids = await withTaskGroup(of: AccountID?.self) { group in
            for name in ["Anna", "Ben", "Anna"] {
                group.addTask { try? await messenger.createAccount(displayName: name) }  // all but one are refused
            }
            return await group.reduce(into: [AccountID]()) { if let id = $1 { $0.append(id) } }
        }
        #expect(ids.count == 1)
        #expect(try await messenger.account()?.accountID == ids.first)
        await messenger.close()
    }

    @Test(.timeLimit(.minutes(5))) func `what is stopped stays stopped, however soon after its start`() async throws {
        let messenger = try await Messenger.open(options)
        _ = try await messenger.createAccount(displayName: "Anna")
        for _ in 0..<20 {
            await messenger.start()
            await messenger.stop()
            #expect(messenger.network.status.phase == .offline)
        }
        // Calls that overlap leave one loop of each kind at most, or none of them would ever end.
        await withTaskGroup { group in
            for _ in 0..<10 {
                group.addTask { await messenger.start() }
                group.addTask { await messenger.stop() }
            }
        }
        await messenger.close()
        #expect(messenger.network.status.phase == .offline)
    }

    @Test func `a directory in use is refused`() async throws {
        let messenger = try await Messenger.open(options)
        await #expect(throws: OpenError.busy) { try await Messenger.open(options) }
        await messenger.close()
        await (try Messenger.open(options)).close()
    }

    @Test func `clearing leaves nothing behind`() async throws {
        let messenger = try await Messenger.open(options)
        _ = try await messenger.createAccount(displayName: "Anna")
        #expect(try await messenger.clearData())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        let again = try await Messenger.open(options)
        #expect(try await again.account() == nil)
        await again.close()
    }

    @Test func `a directory that others can read is refused`() async throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        await #expect(throws: OpenError.unsafePermissions) { try await Messenger.open(options) }
    }

    @Test func `a lost key or a damaged database is named, and no new database is made`() async throws {
        let messenger = try await Messenger.open(options)
        _ = try await messenger.createAccount(displayName: "Anna")
        await messenger.close()
        let key = folder.appending(path: "key")
        let bytes = try Data(contentsOf: key)
        try FileManager.default.removeItem(at: key)
        await #expect(throws: OpenError.keyMissing) { try await Messenger.open(options) }
        try bytes.write(to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        let again = try await Messenger.open(options)
        #expect(try await again.account()?.displayName == "Anna")
        await again.close()
    }

    @Test func `texts that cannot be sent are refused with the reason`() async throws {
        let messenger = try await Messenger.open(options)
        let friend = ConversationID.account(try #require(AccountID(Self.id)))
        await #expect(throws: SendError.noAccount) { try await messenger.send("x", to: friend) }
        _ = try await messenger.createAccount(displayName: "Anna")
        await #expect(throws: SendError.empty) { try await messenger.send(" \n ", to: friend) }
        await #expect(throws: SendError.tooLong(limit: 2_000)) {
            try await messenger.send(String(repeating: "x", count: 2_001), to: friend)
        }
        let nobody = ConversationID.account(try #require(AccountID(publicKey: [UInt8](repeating: 0, count: 32))))
        await #expect(throws: SendError.invalidRecipient) { try await messenger.send("x", to: nobody) }
        let group = try #require(ConversationID(rawValue: "03" + String(repeating: "ab", count: 32)))
        await #expect(throws: SendError.invalidRecipient) { try await messenger.send("x", to: group) }
        let message = try await messenger.send(String(repeating: "x", count: 2_000), to: friend)
        #expect(try await messenger.store.message(message)?.delivery == .waiting)
        await messenger.close()
    }
}
