public import Foundation
import SodiumKit

/// One stored message that a swarm gave us.
public struct StoredConfig: Hashable, Sendable {
    /// The swarm's name for it.
    public let hash: String
    public let data: [UInt8]

    public init(hash: String, data: [UInt8]) { (self.hash, self.data) = (hash, data) }
}

/// What a merge took in: it tells afterwards who can have known what.
public struct HeardConfigs: Sendable {
    var messages: [ConfigMessage] = []
    public init() {}
}

extension SharedConfig {
    /// A message that takes part in a merge, and the stored messages it came in.
    private struct Input {
        let message: ConfigMessage
        let hashes: [String]
        let isOwn: Bool
    }

    /// Brings in what other devices stored.
    ///
    /// What cannot be read, or not be brought together with the rest, is left alone: it may be of a later version.
    /// - Returns: the stored messages that were read, or kept as parts of something longer.
    /// - Source: configs.md §6.3
    public mutating func merge(_ stored: [StoredConfig], now: Date) -> [String] {
        var heard = HeardConfigs()
        return merge(stored, now: now, hearing: &heard)
    }

    /// The same, noting what was read.
    public mutating func merge(_ stored: [StoredConfig], now: Date, hearing heard: inout HeardConfigs) -> [String] {
        var accepted: [String] = []
        var inputs: [Input] = []
        for item in stored {
            do {
                let input = try read(item, now: now)
                accepted.append(item.hash)
                if let input { inputs.append(input) }
            } catch {
                continue
            }
        }
        guard !inputs.isEmpty else { return accepted }
        if sequence != 0 || isDirty {
            let own = Input(message: message, hashes: currentHashes, isOwn: true)
            // Of two equal messages the one counts whose place in the swarm is known.
            inputs.insert(own, at: currentHashes.isEmpty ? inputs.count : 0)
        }
        while !inputs.isEmpty {
            do {
                let result = try ConfigMerge(inputs.map(\.message), canMerge: !keys.isReadOnly)
                let before = data
                adopt(result, of: inputs)
                heard.messages = inputs.filter { !$0.isOwn }.map(\.message)
                rememberFormer(before, heard)
                break
            } catch {
                // Where our own cannot be applied everything stays as it was, until somebody goes on from it.
                guard !inputs[error.index].isOwn else { break }
                // What cannot be applied is put aside, as if it could not be read: the others are merged without it.
                let bad = inputs.remove(at: error.index)
                accepted.removeAll { bad.hashes.contains($0) }
            }
        }
        return accepted
    }

    /// Remembers what others said and did not come through, and what stood here.
    private mutating func rememberFormer(_ before: ConfigDict, _ heard: HeardConfigs) {
        guard !before.isEmpty else { return }
        let (data, sequence) = (data, sequence)
        former.note(before, against: data, at: sequence)
        for message in heard.messages where message.sequence > sequence - 2 * ConfigMessage.lag {
            former.note(message.data, against: data, at: sequence)
        }
    }

    private mutating func adopt(_ result: ConfigMerge, of inputs: [Input]) {
        var kept: [String] = []
        if case .chosen(let index) = result { kept = inputs[index].hashes }
        let superseded = Set(inputs.flatMap(\.hashes)).subtracting(kept)
        if !superseded.isSubset(of: obsoleteHashes) {
            obsoleteHashes.formUnion(superseded)
            needsDump = true
        }
        switch result {
        case .merged(let draft):
            setState(.dirty)
            content = .draft(draft)
        case .chosen(let index):
            let chosen = inputs[index]
            guard !chosen.isOwn, chosen.message.sequence != sequence else { return }
            setState(.clean)
            content = .settled(chosen.message)
            currentHashes = chosen.hashes.sorted()
            obsoleteHashes.subtract(chosen.hashes)
        }
    }

    /// - Returns: `nil` for a part of something that is not complete.
    private mutating func read(_ stored: StoredConfig, now: Date) throws(ConfigError) -> Input? {
        var plaintext = ConfigPadding.unpad(try decrypt(stored.data))
        var hashes = [stored.hash]
        if ConfigMultipart.isPart(plaintext) {
            let whole = try parts.add(ConfigMultipart.part(plaintext), from: stored.hash, now: now)
            needsDump = true
            guard let whole else { return nil }
            plaintext = ConfigPadding.unpad(whole.padded)
            hashes = whole.messageIDs
        }
        let known: ConfigState? = if case .settled(let message) = content { message.state } else { nil }
        let message = try ConfigMessage(
            ConfigCompression.decompress(plaintext), verifyKey: keys.verifyKey, knowing: known)
        return Input(message: message, hashes: hashes, isOwn: false)
    }

    private func decrypt(_ stored: [UInt8]) throws(ConfigError) -> [UInt8] {
        var blob = stored
        if let wrapped = kind.wrappedKind, let account = keys.account {
            blob = ConfigWrap.unwrap(stored, kind: wrapped, keys: account) ?? stored
        }
        for key in keys.encryption {
            if let plaintext = ConfigEncryption.decrypt(blob, base: key.copyBytes(), domain: kind.domain) {
                return plaintext
            }
        }
        throw .undecryptable
    }
}
