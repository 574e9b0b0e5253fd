import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import ShallotTestSupport
import SodiumKit

/// A devnet and the profiles that live on it, for one test.
final class TestNetwork: Sendable {
    let devnet: Devnet
    let definition: NetworkDefinition
    private let directory: URL

    init(relay: DevnetOptions.CallRelay? = nil) async throws {
        var options = DevnetOptions.alone()
        options.callRelays = relay.map { [$0] } ?? []
        devnet = Devnet(options)
        try await devnet.start()
        definition = try NetworkDefinition.parse([UInt8](await devnet.definition))
        directory = TemporaryFolder.fresh("core")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }  // left-overs of a test hurt nobody

    func folder(_ name: String) -> URL { directory.appending(path: name) }

    func options(_ name: String, now: @escaping @Sendable () -> Date = { Date() }) -> MessengerOptions {
        MessengerOptions(
            directory: folder(name), definition: definition, network: .patient, retryScale: 0.1, now: now)
    }

    /// Opens the profile of this name and starts it.
    func open(_ name: String, now: @escaping @Sendable () -> Date = { Date() }) async throws -> Messenger {
        let messenger = try await Messenger.open(options(name, now: now))
        await messenger.start()
        await messenger.setFocused(true)
        return messenger
    }

    /// Opens a profile with a new account called like it.
    func newcomer(_ name: String, now: @escaping @Sendable () -> Date = { Date() }) async throws -> Person {
        let messenger = try await open(name, now: now)
        let id = try await messenger.createAccount(displayName: name)
        return Person(messenger: messenger, id: id)
    }

    /// Two people who have accepted each other.
    func friends(_ first: String = "Anna", _ second: String = "Ben") async throws -> (Person, Person) {
        let anna = try await newcomer(first)
        let ben = try await newcomer(second)
        try await anna.says("hello", to: ben)
        try await ben.gets(.request, from: anna)
        try await ben.messenger.acceptRequest(anna.conversation)
        try await anna.gets(.accepted, from: ben)
        return (anna, ben)
    }
}

/// Somebody with a profile.
struct Person: Sendable {
    let messenger: Messenger
    let id: AccountID

    var conversation: ConversationID { .account(id) }
    var store: Store { messenger.store }

    enum Arrival: Sendable { case request, accepted }

    /// Sends and waits until it is stored.
    @discardableResult
    func says(_ text: String, to other: Person) async throws -> MessageID {
        let message = try await messenger.send(text, to: other.conversation)
        try await eventually("\(text) is stored") { try await store.message(message)?.delivery == .sent }
        return message
    }

    func gets(_ arrival: Arrival, from other: Person) async throws {
        try await eventually("\(arrival)") {
            await messenger.pollNow()
            switch arrival {
            case .request: return try await store.allRequests().contains { $0.id == other.conversation }
            case .accepted: return try await store.contact(other.id)?.approvedMe == true
            }
        }
    }

    /// Waits for a text from somebody.
    func gets(_ text: String, from other: Person) async throws {
        try await eventually("\(text) arrives") {
            await messenger.pollNow()
            return try await bodies(other).contains(text)
        }
    }

    /// Polls until everything that is now in the swarm has been processed.
    func catchUp() async throws {
        let events = messenger.events()
        await messenger.pollNow()
        var polls = 0
        for await event in events {
            guard case .polled = event else { continue }
            polls += 1
            // The first may have begun before this call.
            if polls == 2 { return }
            await messenger.pollNow()
        }
        throw TestFailure("the messenger was closed")
    }

    /// The texts of the conversation with somebody, oldest first.
    func bodies(_ other: Person) async throws -> [String] {
        try await messages(other).filter { $0.kind == .text }.map(\.body)
    }

    func messages(_ other: Person) async throws -> [MessageRecord] {
        try await store.page(other.conversation, limit: 1_000)
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Looks again and again until `condition` holds. The limit names what never came; how long anything takes is not tested.
func eventually(
    _ what: String, within limit: Duration = .seconds(240), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else { throw TestFailure("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(50))
    }
}
