import BaseKit
import Devnet
import SessionCalls
import SessionWire
import SodiumKit

/// A contact like Echo, whose calls go out of this program.
actor BridgedContact {
    nonisolated let accountID: AccountID
    private let keys: AccountKeys
    private let devnet: Devnet
    private var seen: Set<MessageHash> = []
    private var timestamps = MessageTimestamps()
    private var listener: Task<Void, Never>?

    init(devnet: Devnet) throws {
        self.devnet = devnet
        keys = try AccountKeys(seed: SecretBytes(SystemRandom().bytes(16)))
        accountID = keys.accountID
    }

    func start() {
        let arrivals = devnet.arrivals.subscribe()
        listener = Task { [weak self, accountID] in
            for await account in arrivals where account == accountID.description {
                await self?.readAll()
            }
        }
    }

    private func readAll() async {
        let waiting = await devnet.messages(of: accountID).joined().filter { seen.insert($0.hash).inserted }
        for message in waiting.sorted(by: { $0.timestamp < $1.timestamp }) { await read(message) }
    }

    private func read(_ message: StoredMessage) async {
        guard let decoded = try? DirectMessage.decode(message.data, keys: keys) else { return }
        switch decoded.content.kind {
        case .call(let call):
            var line = BridgeLine(event: "signal", from: decoded.sender.description, uuid: call.uuid)
            guard let signal = try? CallSignal(call) else { return }
            line.kind = "\(signal.kind)"
            switch signal {
            case .offer(let text), .answer(let text): line.sdp = text
            case .candidates(let list):
                line.candidates = list.map {
                    BridgeCandidate(candidate: $0.text, sdpMid: $0.mediaID, sdpMLineIndex: $0.mediaIndex)
                }
            case .preOffer, .end: break
            }
            line.write()
        case .data:
            let response = MessageRequestResponse(isApproved: true, profile: Profile(displayName: "Page"))
            _ = await send(.messageRequestResponse(response), to: decoded.sender, lifetime: 86_400_000, age: 0)
            BridgeLine(event: "accepted", from: decoded.sender.description).write()
        default: break
        }
    }

    func perform(_ order: BridgeOrder) async {
        guard let recipient = AccountID(order.to), let message = order.message else {
            return BridgeLine(event: "unreadable").write()
        }
        let isSent = await send(.call(message), to: recipient, lifetime: 300_000, age: order.age ?? 0)
        BridgeLine(event: isSent ? "sent" : "unsent", kind: order.kind, uuid: order.uuid).write()
    }

    private func send(
        _ kind: MessageContent.Kind, to recipient: AccountID, lifetime: UInt64, age: Double
    ) async -> Bool {
        let now = UInt64(clamping: await devnet.now)
        let sentAt = age > 0 ? now - UInt64(age * 1_000) : timestamps.next(networkNow: now)
        let content = MessageContent(kind: kind, sentTimestamp: sentAt)
        guard let data = try? DirectMessage.encode(content, from: keys, to: recipient, random: SystemRandom()) else {
            return false
        }
        return await devnet.store(StoreRequest(account: recipient, data: data, ttl: lifetime, timestamp: now))
    }
}

extension BridgeOrder {
    /// Anything that can be written, sense or nonsense.
    var message: CallMessage? {
        let kinds: [String: CallMessage.Kind] = [
            "preOffer": .preOffer, "offer": .offer, "answer": .answer, "candidates": .iceCandidates, "end": .endCall,
        ]
        guard let kind = kinds[kind] else { return nil }
        let candidates = candidates ?? []
        return CallMessage(
            kind: kind, sdps: sdp.map { [$0] } ?? candidates.map(\.candidate),
            sdpMLineIndexes: candidates.map(\.sdpMLineIndex), sdpMids: candidates.map(\.sdpMid), uuid: uuid)
    }
}
