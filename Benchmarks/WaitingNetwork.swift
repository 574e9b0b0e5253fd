import Devnet
import Foundation
import SessionWire
import ShallotStore

/// The local network that the window is measured on: `DIRECTORY/network.json` defines it, `DIRECTORY/profile` is the large
/// profile, and each line `fill` on standard input puts 5,000 new messages for that profile into its swarm, from the people of its
/// first 20 conversations. The line `restore` makes another account that waits with as many messages.
enum WaitingNetwork {
    /// How often the mailbox can be filled.
    static let fillings = 3

    /// Prints `ready <ms that the bare decryption of one filling takes>`, then `filled` or `restorable <recovery phrase>` after
    /// each line. Ends with its input.
    static func run(in directory: URL) async throws {
        let devnet = Devnet()
        try await devnet.start()
        try await devnet.writeDefinition(to: directory.appending(path: "network.json"))
        let people = try await LargeProfile().write(to: directory.appending(path: "profile"))
        for config in people.configs {
            await devnet.inject(config.data, for: people.own.accountID, namespace: config.namespace)
        }
        let now = UInt64(Date().timeIntervalSince1970 * 1_000)
        // Newer than everything in the profile, older than what is sent meanwhile.
        let mailboxes = try (0..<fillings).map { index in
            try Mailbox(for: people.own, from: people.others, now: now + UInt64(index * Mailbox.size))
        }
        var bare = Duration.seconds(3_600)
        for mailbox in mailboxes { bare = min(bare, try mailbox.bareDecryption()) }
        say("ready \(bare / .milliseconds(1))")
        var waiting = mailboxes[...]
        while let line = readLine() {
            if line == "restore" {
                let account = try WaitingAccount(now: Date())
                try await account.wait(in: devnet, now: Date())
                say("restorable \(account.words)")
                continue
            }
            guard let mailbox = waiting.popFirst() else { break }
            for item in mailbox.items { await devnet.inject(item, for: people.own.accountID) }
            say("filled")
        }
        await devnet.stop()
    }

    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
