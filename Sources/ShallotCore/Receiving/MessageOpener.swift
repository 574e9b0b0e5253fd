import BaseKit
import Foundation
import SessionWire

/// One retrieved item after decryption.
struct OpenedItem: Sendable {
    enum Outcome: Sendable {
        case message(DirectMessage.Decoded)
        /// A message of a protocol that this version does not read.
        case newerFormat
        /// Nothing that could ever become readable.
        case unreadable(DirectMessageError)
    }

    let hash: MessageHash
    /// When the swarm forgets it.
    let expiresAt: Date
    let outcome: Outcome
}

/// Decrypts and verifies retrieved items, several at a time, away from everything that has to answer quickly.
struct MessageOpener: Sendable {
    /// Items that one task opens before it hands over its results.
    static let chunk = 64

    let keys: AccountKeys

    /// The results are in the order of `items`.
    func open(_ items: [StoredMessage]) async -> [OpenedItem] {
        guard items.count > Self.chunk else { return items.map(open) }
        let chunks = stride(from: 0, to: items.count, by: Self.chunk)
            .map { items[$0..<min($0 + Self.chunk, items.count)] }
        return await withTaskGroup(of: (Int, [OpenedItem]).self) { group in
            for (index, chunk) in chunks.enumerated() {
                group.addTask(executorPreference: BulkExecutor.shared) { (index, chunk.map(open)) }
            }
            var opened = [[OpenedItem]](repeating: [], count: chunks.count)
            for await (index, items) in group { opened[index] = items }
            return opened.flatMap(\.self)
        }
    }

    private func open(_ item: StoredMessage) -> OpenedItem {
        OpenedItem(hash: item.hash, expiresAt: Date(milliseconds: item.expiration), outcome: decode(item))
    }

    private func decode(_ item: StoredMessage) -> OpenedItem.Outcome {
        do {
            return .message(try DirectMessage.decode(item.data, keys: keys))
        } catch .protocolV2 {
            return .newerFormat
        } catch {
            return .unreadable(error)
        }
    }
}
