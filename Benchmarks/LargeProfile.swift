import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit

/// A profile as a busy person has it after some years: the one that start-up and scrolling are measured with.
struct LargeProfile {
    var conversations = 200
    var messages = 100_000
    /// The first conversation holds this many, for scrolling; the others share the rest.
    var inTheLongest = 20_000

    /// Words of everyday length; which of them a message has follows from its number, so each run measures the same.
    private static let words = """
        the station at eight we could meet garden ladder seeds rain tomorrow perhaps Maria said that train was late \
        again coffee first then on my way found key under mat grüße from Zürich see you there naïve café 東京 thanks
        """.split { $0.isWhitespace }.map(String.init)

    /// Who the profile belongs to, and the people of its first conversations.
    struct People {
        var own: AccountKeys
        var others: [AccountKeys]
        /// What its swarm keeps.
        var configs: [(namespace: Namespace, data: [UInt8])] = []
    }

    /// Writes the profile into `directory`, which is made. Takes some seconds.
    @discardableResult
    func write(to directory: URL) async throws -> People {
        let lock = try DataDirectory.lock(directory)
        let key = try await KeyVault(directory: directory, keyring: nil).databaseKey()
        let store = try Store.open(directory: directory, key: key)
        let keys = try AccountKeys(seed: .random(16))
        let end = Date()
        try await store.saveAccount(
            AccountRecord(
                accountID: keys.accountID, seed: keys.seed, displayName: "Bench", isPhraseSaved: true, createdAt: end))

        var people = People(own: keys, others: [])
        let rest = (messages - inTheLongest) / max(1, conversations - 1)
        for index in 0..<conversations {
            let personKeys = try AccountKeys(seed: .random(16))
            if index < Mailbox.people { people.others.append(personKeys) }
            let person = personKeys.accountID
            let contact = ContactChange(person) { contact in
                contact.name = "Person \(index)"
                contact.isApproved = true
                contact.approvedMe = true
            }
            let count = index == 0 ? inTheLongest : rest
            let batch = (0..<count).map { number in
                let isOurs = number % 3 == 0
                return NewIncoming(
                    conversation: .account(person), author: isOurs ? keys.accountID : person,
                    sentAt: end.addingTimeInterval(Double(number - count) * 61 - Double(index) * 7),
                    receivedAt: end, body: Self.text(index &* 7919 &+ number), isOutgoing: isOurs,
                    isRead: number < count - 2)
            }
            try await store.insertIncoming(batch, contacts: [contact])
        }
        people.configs = try await ConfigBook(
            store: store, keys: keys, networkNow: { UInt64(end.timeIntervalSince1970 * 1_000) }
        ).settle()
        try store.close()
        withExtendedLifetime(lock) {}
        return people
    }

    private static func text(_ number: Int) -> String {
        let count = 3 + (number &* 31 & 0x7fff) % 22
        return (0..<count).map { words[((number &+ $0 &* $0) &* 17 & 0x7fff_ffff) % words.count] }.joined(
            separator: " ")
    }
}
