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
        let before = signal == .end ? descriptionsUnderway.removeValue(forKey: id) : nil
        let task = Task { [weak self] in
            guard let self else { return }
            await self.transmit(signal, id, to: peer, copied: copied, after: before)
        }
        lastSending = Task {
            await earlier?.value
            await task.value
        }
        noteUnderway(signal.kind, id, task)
    }

    /// Whoever hears the end first and what began the call after it rings on, and nobody tells it to stop.
    private func noteUnderway(_ kind: SignalKind, _ id: CallID, _ task: Task<Void, Never>) {
        guard [.preOffer, .offer, .answer].contains(kind) else { return }
        let earlier = descriptionsUnderway[id]
        descriptionsUnderway[id] = Task {
            await earlier?.value
            await task.value
        }
    }

    private func transmit(
        _ signal: CallSignal, _ id: CallID, to peer: AccountID, copied: Bool, after before: Task<Void, Never>?
    ) async {
        // Of a call that is over nothing but its end is to be said.
        let call = signal == .end ? nil : id
        guard let content = await content(signal, id, while: call) else {
            return handle(.notStored(signal.kind, id))
        }
        // Our other devices stop ringing whether or not the other side hears.
        async let copy: Bool = copied ? store(content, in: keys.accountID, while: nil) : true
        await before?.value
        let isStored = await store(content, in: peer, while: call)
        log.debug("Call \(id.redacted): \(signal.kind) \(isStored ? "stored" : "not stored")")
        handle(isStored ? .stored(signal.kind, id) : .notStored(signal.kind, id))
        _ = await copy
    }

    private func isOver(_ call: CallID?) -> Bool {
        guard let call else { return false }
        return !isActive || machine.call?.id != call
    }

    /// The message with its time, which only the network knows.
    /// - Parameter call: nothing more is tried once that is over.
    /// - Returns: `nil` when there is none.
    private func content(_ signal: CallSignal, _ id: CallID, while call: CallID?) async -> MessageContent? {
        for attempt in 1...Self.attempts {
            guard !isOver(call) else { return nil }
            do {
                return MessageContent(
                    kind: .call(signal.message(for: id)), sentTimestamp: try await dependencies.sentTime())
            } catch {
                log.info("A signal has no time: \(error)")
            }
            guard await pause(after: attempt) else { return nil }
        }
        return nil
    }

    /// - Parameter call: nothing more is tried once that is over.
    private func store(_ content: MessageContent, in account: AccountID, while call: CallID?) async -> Bool {
        guard let data = try? DirectMessage.encode(content, from: keys, to: account, random: dependencies.random) else {
            return false  // an account that nothing can be encrypted to
        }
        for attempt in 1...Self.attempts {
            guard !isOver(call) else { return false }
            let request = StoreRequest(
                account: account, data: data, ttl: Self.lifetime, timestamp: dependencies.networkNow())
            do throws(NetworkError) {
                _ = try await dependencies.deliver(request)
                return true
            } catch {
                guard !error.isPermanent, error != .cancelled else { return false }
                log.info("A signal is tried again: \(error)")
            }
            guard await pause(after: attempt) else { return false }
        }
        return false
    }

    /// - Returns: whether there is another attempt.
    private func pause(after attempt: Int) async -> Bool {
        guard attempt < Self.attempts else { return false }
        do { try await Task.sleep(for: .milliseconds(400 * attempt) * dependencies.retryScale) } catch { return false }
        return true
    }
}
