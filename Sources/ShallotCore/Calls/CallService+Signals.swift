import BaseKit
import Foundation
import Logging
import SessionCalls
import SessionNetwork
import SessionWire

/// A call message that was opened.
package struct IncomingCallMessage: Equatable, Sendable {
    let sender: AccountID
    let sentAt: Date
    let message: CallMessage
}

/// Signals to and from the other side, through the swarms.
/// - Source: calls.md §2
extension CallService {
    /// Milliseconds for which a swarm keeps a signal.
    static let lifetime: UInt64 = 300_000
    /// A signal is tried so often.
    private static let attempts = 5

    /// Takes a call message of a contact, or of another device of this account.
    func receive(_ incoming: IncomingCallMessage) async {
        await loaded()
        guard let id = CallID(incoming.message.uuid) else { return log.info("A call message names no call") }
        let signal: CallSignal
        do throws(CallSignalError) {
            guard let read = try CallSignal(incoming.message) else { return }
            signal = read
        } catch {
            return log.info("A call message was dropped: \(error)")
        }
        guard incoming.sender != keys.accountID else { return handle(.receivedFromSelf(signal, id)) }
        do {
            let (_, gate) = try await gate(incoming.sender)
            log.debug("Call \(id.redacted): \(signal.kind)")
            handle(.received(signal, id, from: incoming.sender, sent: incoming.sentAt, gate: gate))
        } catch {
            log.error("Whether somebody may call is not known: \(error)")
        }
    }

    func send(_ signal: CallSignal, _ id: CallID, to peer: AccountID, copied: Bool) {
        let earlier = lastSending
        let task = Task { [weak self] in
            guard let self else { return }
            await self.transmit(signal, id, to: peer, copied: copied)
        }
        lastSending = Task {
            await earlier?.value
            await task.value
        }
    }

    private func transmit(_ signal: CallSignal, _ id: CallID, to peer: AccountID, copied: Bool) async {
        let content: MessageContent
        do {
            content = MessageContent(
                kind: .call(signal.message(for: id)), sentTimestamp: try await dependencies.sentTime())
        } catch {
            log.error("A signal has no time: \(error)")
            return handle(.notStored(signal.kind, id))
        }
        // Our other devices stop ringing whether or not the other side hears.
        async let copy: Bool = copied ? store(content, in: keys.accountID) : true
        let isStored = await store(content, in: peer)
        log.debug("Call \(id.redacted): \(signal.kind) \(isStored ? "stored" : "not stored")")
        handle(isStored ? .stored(signal.kind, id) : .notStored(signal.kind, id))
        _ = await copy
    }

    private func store(_ content: MessageContent, in account: AccountID) async -> Bool {
        guard let data = try? DirectMessage.encode(content, from: keys, to: account, random: dependencies.random) else {
            return false  // an account that nothing can be encrypted to
        }
        for attempt in 1...Self.attempts {
            let request = StoreRequest(
                account: account, data: data, ttl: Self.lifetime, timestamp: dependencies.networkNow())
            do throws(NetworkError) {
                _ = try await dependencies.deliver(request)
                return true
            } catch {
                guard !error.isPermanent, error != .cancelled, attempt < Self.attempts else { return false }
                log.info("A signal is tried again: \(error)")
            }
            do {
                try await Task.sleep(for: .milliseconds(400 * attempt) * dependencies.retryScale)
            } catch { return false }
        }
        return false
    }
}
