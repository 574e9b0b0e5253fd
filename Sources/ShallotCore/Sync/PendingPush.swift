import Foundation
import SessionConfig
import SessionNetwork
import SessionWire

/// One config as it goes to the swarm.
struct PendingPush: Sendable {
    let kind: ConfigKind
    let sequence: Int64
    let blobs: [[UInt8]]
    /// The latest edit that is in it.
    let lastEdit: Int64
}

/// A push whose messages are all stored.
struct ConfirmedPush: Sendable {
    let push: PendingPush
    let hashes: [MessageHash]
    /// Whether at least half of the swarm has all of it.
    let isSettled: Bool
}

/// How several configs are stored: as few sequences as possible, what is obsolete with the last of them.
/// - Source: configs.md §9.1
struct SequencePlan {
    struct Store {
        let push: Int
        let part: Int
        let namespace: Namespace
        let data: [UInt8]
    }

    struct Sequence {
        var stores: [Store] = []
        var obsolete: [MessageHash] = []
    }

    /// Messages in one sequence; one place is left for the deletion.
    private static let limit = StorageRequest.maximumBatch - 1
    /// Bytes in one sequence: in base64 twice over they stay below what a node takes.
    private static let byteLimit = 4_000_000

    private let obsolete: [MessageHash]
    private var pushes: [PendingPush] = []
    private var receipts: [[Int: StoreReceipt]] = []
    private var taken: Set<Int> = []

    init(obsolete: [MessageHash]) { self.obsolete = obsolete }

    mutating func add(_ push: PendingPush) {
        pushes.append(push)
        receipts.append([:])
    }

    var sequences: [Sequence] {
        var all = [Sequence()]
        var bytes = 0
        for (number, push) in pushes.enumerated() {
            for (part, blob) in push.blobs.enumerated() {
                if all[all.count - 1].stores.count >= Self.limit || bytes + blob.count > Self.byteLimit {
                    all.append(Sequence())
                    bytes = 0
                }
                bytes += blob.count
                all[all.count - 1].stores.append(
                    Store(push: number, part: part, namespace: push.kind.namespace, data: blob))
            }
        }
        all[all.count - 1].obsolete = obsolete
        return all
    }

    mutating func note(_ receipt: SequenceReceipt, of sequence: Sequence) {
        for (store, receipt) in zip(sequence.stores, receipt.stores) {
            if let receipt { receipts[store.push][store.part] = receipt }
        }
    }

    /// The pushes that are whole since the last call.
    mutating func takeConfirmed() -> [ConfirmedPush] {
        var confirmed: [ConfirmedPush] = []
        for (number, push) in pushes.enumerated()
        where !taken.contains(number) && receipts[number].count == push.blobs.count {
            taken.insert(number)
            confirmed.append(
                ConfirmedPush(
                    push: push, hashes: receipts[number].values.map(\.hash),
                    isSettled: receipts[number].values.allSatisfy(\.isSettled)))
        }
        return confirmed
    }
}
