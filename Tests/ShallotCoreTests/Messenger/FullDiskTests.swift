import BaseKit
import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import ShallotTestSupport
import SodiumKit
import Testing

/// Each runs in a process of its own: a limit on the size of files, and who one is, hold for a whole process.
@Suite("A disk that takes nothing", .serialized, .timeLimit(.minutes(5))) struct FullDiskTests {
    /// No file of this process can be written beyond its second page; a full disk comes back the same way.
    private static func setFull(_ isFull: Bool) {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: isFull ? 8_192 : rlim_t.max, rlim_max: rlim_t.max)
        setrlimit(__rlimit_resource_t(1), &limit)  // RLIMIT_FSIZE
    }

    @Test func `a text is refused by name, nothing that was there is lost, and it goes on when there is room`()
        async throws
    {
        await #expect(processExitsWith: .success) {
            let network = try await TestNetwork()
            let (anna, ben) = try await network.friends()
            Self.setFull(true)
            await #expect(throws: SendError.storage(StoreError.diskFull.description)) {
                try await anna.messenger.send("too late", to: ben.conversation)
            }
            await #expect(throws: StoreError.diskFull) {
                try await anna.messenger.saveDraft("too late", for: ben.conversation)
            }
            #expect(try await anna.bodies(ben) == ["hello"])
            Self.setFull(false)
            try await anna.says("now", to: ben)
            try await ben.gets("now", from: anna)
            #expect(try await ben.bodies(anna) == ["hello", "now"])
            #expect(try await anna.bodies(ben) == ["hello", "now"])
            try await anna.store.verify()
        }
    }

    @Test func `what arrives meanwhile is told, and comes again when there is room`() async throws {
        await #expect(processExitsWith: .success) {
            let network = try await TestNetwork()
            let ben = try await network.newcomer("Ben")
            let mallory = AccountKeys.generate()
            let events = ben.messenger.events()
            try await ben.catchUp()
            Self.setFull(true)
            let content = MessageContent(
                kind: .data(DataMessage(body: "hello")), sentTimestamp: ben.messenger.network.now())
            await network.devnet.inject(
                try DirectMessage.encode(content, from: mallory, to: ben.id, random: SystemRandom()), for: ben.id)
            await ben.messenger.pollNow()
            for await event in events {
                guard case .storageFailed(let reason) = event else { continue }
                #expect(reason == StoreError.diskFull.description)
                break
            }
            #expect(try await ben.store.allRequests().isEmpty)
            Self.setFull(false)
            let sender = Person(messenger: ben.messenger, id: mallory.accountID)
            try await ben.gets("hello", from: sender)
            #expect(try await ben.bodies(sender) == ["hello"])
        }
    }

    @Test func `a message that waits is sent once, although its fate could not be written down`() async throws {
        await #expect(processExitsWith: .success) {
            let network = try await TestNetwork()
            let (anna, ben) = try await network.friends()
            let events = anna.messenger.events()
            for index in 0..<24 { try await network.devnet.stopNode(index) }
            let message = try await anna.messenger.send("waits", to: ben.conversation)
            Self.setFull(true)
            for index in 0..<24 { try await network.devnet.startNode(index) }
            await anna.messenger.networkChanged(isAvailable: true)
            for await event in events {
                if case .storageFailed = event { break }
            }
            #expect(try await anna.store.message(message)?.delivery == .waiting)
            Self.setFull(false)
            await ben.messenger.networkChanged(isAvailable: true)
            try await ben.gets("waits", from: anna)
            try await eventually("Anna knows") { try await anna.store.message(message)?.delivery == .sent }
            try await ben.catchUp()
            #expect(try await ben.bodies(anna) == ["hello", "waits"])
        }
    }

    @Test func `a data directory that has become read-only is named, and opens again when it is writable`()
        async throws
    {
        let folder = TemporaryFolder.fresh("read-only")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            // Root may write anywhere: be somebody else, to whom the directory belongs.
            if geteuid() == 0 {
                chown(path, 65_534, 65_534)
                #expect(seteuid(65_534) == 0)
            }
            let options = MessengerOptions(
                directory: URL(filePath: path).appending(path: "profile"),
                definition: NetworkDefinition(name: "Nowhere", seeds: []))
            let messenger = try await Messenger.open(options)
            let id = try await messenger.createAccount(displayName: "Anna")
            _ = try await messenger.send("kept", to: .account(id))
            await messenger.close()
            chmod(path + "/profile", 0o500)
            await #expect(throws: OpenError.readOnly) { try await Messenger.open(options) }
            chmod(path + "/profile", 0o700)
            let again = try await Messenger.open(options)
            #expect(try await again.account()?.accountID == id)
            #expect(try await again.store.page(.account(id)).map(\.body) == ["kept"])
            await again.close()
        }
    }
}
