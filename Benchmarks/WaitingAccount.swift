import Devnet
import Foundation
import SessionConfig
import SessionWire

/// An account as it waits for its recovery phrase: profile and contacts as configs, and a full mailbox.
struct WaitingAccount {
    static let name = "Bench"

    private let mailbox: Mailbox
    /// Its recovery phrase.
    let words: String

    init(now: Date) throws {
        mailbox = try Mailbox(now: UInt64(now.timeIntervalSince1970 * 1_000) - 1_000)
        guard let words = RecoveryPhrase.encode(mailbox.own.seed) else { throw BenchmarkError.wrongResult }
        self.words = words.joined(separator: " ")
    }

    /// Puts everything into its swarm.
    func wait(in devnet: Devnet, now: Date) async throws {
        let keys = ConfigKeys(account: mailbox.own)
        var profile = UserProfileConfig(keys: keys)
        try profile.setName(Self.name, now: now)
        var contacts = ContactsConfig(keys: keys)
        for person in mailbox.people {
            try contacts.set(person.accountID) { ($0.isApproved, $0.didApproveUs) = (true, true) }
        }
        for var config in [profile.config, contacts.config] {
            for blob in try config.push(now: now).blobs {
                await devnet.inject(blob, for: mailbox.own.accountID, namespace: config.kind.namespace)
            }
        }
        for item in mailbox.items { await devnet.inject(item, for: mailbox.own.accountID) }
    }
}
