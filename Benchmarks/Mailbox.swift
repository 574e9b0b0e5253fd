import SessionWire
import SodiumKit

/// What waits for an account after some days away: messages of several people, as its swarm keeps them.
struct Mailbox {
    static let size = 5_000
    static let people = 20

    let own: AccountKeys
    let people: [AccountKeys]
    /// Stored bytes, in the order in which they were sent.
    let items: [[UInt8]]

    /// - Parameters:
    ///   - people: who wrote, each as much as the others.
    ///   - now: network time, ms; the newest message is as old as that.
    init(for own: AccountKeys, from people: [AccountKeys], now: UInt64) throws {
        self.own = own
        self.people = people
        let text = String(repeating: "word ", count: 12)
        items = try (0..<Self.size).map { index in
            let content = MessageContent(
                kind: .data(
                    DataMessage(body: "\(index) \(text)", profile: Profile(displayName: "P", updatedSeconds: 1))),
                sentTimestamp: now - UInt64(Self.size - index))
            return try DirectMessage.encode(
                content, from: people[index % people.count], to: own.accountID, random: SystemRandom())
        }
    }

    init(now: UInt64) throws {
        try self.init(for: .generate(), from: (0..<Self.people).map { _ in .generate() }, now: now)
    }

    /// How long libsodium takes for as many messages of that length, one after another and without anything around it.
    func bareDecryption() throws -> Duration {
        let message = [UInt8](repeating: 1, count: 160)
        let bare = BareMessage(sender: people[0], recipient: own, message: message)
        let sealed = try SessionEncryption.encrypt(message, from: people[0], to: own.accountID, random: SystemRandom())
        return try ContinuousClock().measure { for _ in items { try bare.decrypt(sealed) } }
    }
}
