import Foundation
import SessionConfig
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@testable import ShallotCore

/// A name that somebody typed while restoring, because none had arrived.
/// - Source: identity-and-messages.md §7
@Suite("A provisional name") struct ProvisionalNameTests {
    private let clock = Twin.Clock()
    private let keys = AccountKeys.generate()

    /// What a device stores that was restored when all configs had expired.
    private func provisional(_ name: String) throws -> [UInt8] {
        var profile = UserProfileConfig(keys: ConfigKeys(account: keys))
        try profile.setName(name, now: Date(timeIntervalSince1970: 1))
        return try #require(try profile.config.push(now: clock.now).blobs.first)
    }

    @Test(arguments: 1...4)
    func `a device that knows the real one says it again, whichever of the two wins the merge`(
        sequence: Int
    ) async throws {
        let real = "Anna"
        var winners: Set<String> = []
        for number in 0..<40 where winners.count < 2 {
            let old = try await Twin(keys, clock)
            for step in 1...sequence {
                try await old.book.edit { editor in
                    try editor.edit(step == 1 ? .profileName(real) : .noteToSelfPriority(Int64(step)))
                }
                try await old.push()
            }
            let blob = old.message(try provisional("Somebody \(number)"), in: .userProfile)
            var bare = try await old.config(.userProfile)
            _ = bare.merge([StoredConfig(hash: blob.hash.rawValue, data: blob.data)], now: clock.now)
            winners.insert(UserProfileConfig(bare).name == real ? "real" : "provisional")
            clock.advance(60)
            try await old.hears([.userProfile: [blob]])
            #expect(UserProfileConfig(try await old.config(.userProfile)).name == real)
            #expect(try await old.store.account()?.displayName == real)
            // The other device, which made the merge too or only heard of it, has the name in the end.
            let fresh = try await Twin(keys, clock)
            try await fresh.hears([.userProfile: [blob]])
            try await fresh.hears(old.push())
            #expect(UserProfileConfig(try await fresh.config(.userProfile)).name == real)
            let time = UserProfileConfig(try await fresh.config(.userProfile)).profileUpdated
            #expect(time ?? 0 > 1)
        }
        #expect(winners.count == 2, "both orders were met")
    }
}
