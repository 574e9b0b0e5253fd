public import Foundation
import SodiumKit

/// What has to be stored for others to see the present state.
/// - Source: configs.md §6.4
public struct ConfigPush: Hashable, Sendable {
    public let sequence: Int64
    /// To be stored, all of them.
    public let blobs: [[UInt8]]
    /// To be deleted once they are.
    public let obsolete: [String]
}

extension SharedConfig {
    /// The present state for the swarm. Called again without a change it gives the same bytes, which is how lost messages
    /// are restored; the obsolete ones are handed out once.
    /// - Throws: `.tooLong` when the config has outgrown what a swarm takes.
    public mutating func push(now: Date) throws(ConfigError) -> ConfigPush {
        let message = message
        let padded = ConfigPadding.pad(ConfigCompression.compress(message.bytes))
        let blobs = try blobs(of: padded, sequence: message.sequence, now: now)
        content = .settled(message)
        if state == .dirty { setState(.waiting) }
        let obsolete = keys.isReadOnly ? [] : obsolete
        obsoleteHashes = []
        return ConfigPush(sequence: message.sequence, blobs: blobs, obsolete: obsolete)
    }

    private mutating func blobs(of padded: [UInt8], sequence: Int64, now: Date) throws(ConfigError) -> [[UInt8]] {
        guard padded.count + ConfigEncryption.overhead > ConfigMultipart.maximumBlob else {
            let blob = try encrypt(padded)
            guard let wrapped = kind.wrappedKind, let account = keys.account else { return [blob] }
            return [ConfigWrap.wrap(blob, kind: wrapped, sequence: sequence, keys: account) ?? blob]
        }
        var blobs: [[UInt8]] = []
        for part in try ConfigMultipart.parts(of: padded) { blobs.append(try encrypt(part)) }
        if let hash = Blake2b.hash(padded) { parts.remember(hash, now: now) }
        return blobs
    }

    private func encrypt(_ plaintext: [UInt8]) throws(ConfigError) -> [UInt8] {
        guard let key = keys.encryption.first,
            let blob = ConfigEncryption.encrypt(plaintext, base: key.copyBytes(), domain: kind.domain)
        else { throw .undecryptable }
        return blob
    }

    /// All messages of the push `sequence` are stored, under `hashes`. Ignored when there was a change since.
    /// - Source: configs.md §6.5
    public mutating func confirmPushed(_ sequence: Int64, hashes: [String]) {
        guard state == .waiting, sequence == self.sequence else { return }
        setState(.clean)
        currentHashes = hashes.sorted()
    }
}
