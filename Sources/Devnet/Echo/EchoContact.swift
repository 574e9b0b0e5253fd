import BaseKit
import Logging
public import SessionWire
import SodiumKit

/// A contact to try things with: it accepts every message request, answers each text with what it read, and each call
/// with what it hears and sees.
///
/// Its messages are read from the swarm's stores in this process; its answers are encrypted like anybody's and stored
/// through a member of the other's swarm.
/// - Source: identity-and-messages.md §3, §4.10
public actor EchoContact {
    /// Milliseconds for which answers are kept.
    private static let lifetime: UInt64 = 14 * 86_400_000

    public nonisolated let accountID: AccountID
    private let keys: AccountKeys
    private let profile: Profile
    private let devnet: Devnet
    private let memory: EchoMemory
    private var timestamps = MessageTimestamps()
    private var listener: Task<Void, Never>?
    private let calls: EchoCalls
    private let log = Log.logger("echo")

    init(devnet: Devnet, memory: EchoMemory, name: String) throws {
        self.devnet = devnet
        self.memory = memory
        keys = try AccountKeys(seed: SecretBytes(memory.seed))
        accountID = keys.accountID
        profile = Profile(displayName: name)
        let relays = devnet.options.callRelays
        calls = EchoCalls(relays: relays, random: devnet.random)
    }

    /// Begins to answer, what has come in meanwhile first.
    func start() async {
        guard listener == nil else { return }
        await calls.begin { [weak self] in await self?.send($0, to: $1, lifetime: EchoCalls.lifetime) ?? false }
        let arrivals = devnet.arrivals.subscribe()
        let own = accountID.description
        listener = Task { [weak self] in
            await self?.readAll()
            for await account in arrivals where account == own { await self?.readAll() }
        }
    }

    func stop() {
        listener?.cancel()
        listener = nil
        Task { [calls] in await calls.stop() }
    }

    /// Reads what is on any member and was not read before, oldest first.
    private func readAll() async {
        var waiting: [MessageHash: StoredMessage] = [:]
        for member in await devnet.messages(of: accountID) {
            for message in member where !memory.hasAnswered(message.hash) { waiting[message.hash] = message }
        }
        for message in waiting.values.sorted(by: { $0.timestamp < $1.timestamp }) {
            memory.answer(message.hash)
            await read(message)
        }
    }

    private func read(_ message: StoredMessage) async {
        let decoded: DirectMessage.Decoded
        do throws(DirectMessageError) {
            decoded = try DirectMessage.decode(message.data, keys: keys)
        } catch {
            return log.debug("A message was not for Echo")
        }
        // Its own words would go back and forth for ever.
        guard decoded.sender != accountID else { return }
        if case .call(let message) = decoded.content.kind {
            guard memory.hasAccepted(decoded.sender) else { return }
            return await calls.receive(message, from: decoded.sender, sentAt: decoded.timestamp)
        }
        guard case .data(let data) = decoded.content.kind, data.syncTarget == nil,
            let text = data.displayBody
        else { return }
        if !memory.hasAccepted(decoded.sender) {
            let response = MessageRequestResponse(isApproved: true, profile: profile)
            guard await send(.messageRequestResponse(response), to: decoded.sender) else { return }
            memory.accept(decoded.sender)
        }
        let answer = DataMessage(body: "You said: \(text)", profile: profile)
        if await !send(.data(answer), to: decoded.sender) { log.notice("An answer could not be stored") }
    }

    private func send(
        _ kind: MessageContent.Kind, to recipient: AccountID, lifetime: UInt64 = lifetime
    ) async -> Bool {
        let now = UInt64(clamping: await devnet.now)
        let content = MessageContent(kind: kind, sentTimestamp: timestamps.next(networkNow: now))
        guard let data = try? DirectMessage.encode(content, from: keys, to: recipient, random: SystemRandom()) else {
            return false  // a sender whose key cannot be written to
        }
        let request = StoreRequest(
            account: recipient, namespace: .messages, data: data, ttl: lifetime, timestamp: now)
        return await devnet.store(request)
    }
}

extension Devnet {
    /// Starts the Echo contact, on the account it had before when there is a state directory.
    /// - Throws: `DevnetError.state` when its files cannot be used.
    public func startEcho(name: String = "Echo") async throws -> EchoContact {
        if let echo { return echo }
        let contact = try EchoContact(
            devnet: self, memory: try EchoMemory(stateFiles, random: random), name: name)
        echo = contact
        await contact.start()
        return contact
    }
}
