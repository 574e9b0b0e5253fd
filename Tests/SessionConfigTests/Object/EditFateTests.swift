import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import SessionConfig

/// What a device makes of a merge that took back what it had changed.
/// - Source: configs.md §5.5, quirk 1
@Suite struct EditFateTests {
    private let now = Date(timeIntervalSince1970: 1_775_000_000)
    private let keys: ConfigKeys

    init() throws { keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 5, count: 16)))) }

    private func set(_ name: String, _ text: String, in config: inout SharedConfig) throws {
        try config.edit { data throws(ConfigError) in data.set(name, text: text) }
    }

    /// Stores the present state.
    private func stored(_ config: inout SharedConfig) throws -> StoredConfig {
        let push = try config.push(now: now)
        let stored = StoredConfig(hash: "\(push.sequence) \(push.blobs[0].hashValue)", data: push.blobs[0])
        config.confirmPushed(push.sequence, hashes: [stored.hash])
        return stored
    }

    /// A config with some leaves, as all devices know it.
    private func begin() throws -> SharedConfig {
        var config = SharedConfig(.userProfile, keys: keys)
        for name in ["a", "b", "c", "d"] { try set(name, "start", in: &config) }
        _ = try stored(&config)
        return config
    }

    /// Changes the leaf `a`, and stores it.
    private func edit(_ config: inout SharedConfig, _ text: String) throws -> (trace: EditTrace, stored: StoredConfig) {
        let before = config.data
        try set("a", text, in: &config)
        var trace = EditTrace(from: before, to: config)
        let stored = try stored(&config)
        trace.state = config.stateName
        return (trace, stored)
    }

    private func fate(_ trace: EditTrace, in config: inout SharedConfig, hearing stored: StoredConfig) -> EditFate {
        let before = config
        var heard = HeardConfigs()
        _ = config.merge([stored], now: now, hearing: &heard)
        return config.fate(of: trace, since: before, hearing: heard)
    }

    @Test func `a merge that brings back what stood there before another device's value is found out`() throws {
        let base = try begin()
        var (ours, theirs, third, fourth) = (base, base, base, base)
        try set("a", "one", in: &theirs)
        _ = try ours.merge([stored(&theirs)], now: now)
        // It is known after a restart too.
        ours = try SharedConfig(.userProfile, keys: keys, dump: ours.dump())
        let (trace, _) = try edit(&ours, "two")

        // Two who know none of that come to a merge, which is later than ours.
        for text in ["x", "y"] {
            try set("b", text, in: &third)
            _ = try stored(&third)
        }
        try set("c", "z", in: &fourth)
        _ = try third.merge([stored(&fourth)], now: now)
        let merge = try stored(&third)
        guard case .undone = fate(trace, in: &ours, hearing: merge) else {
            Issue.record("the edit counts as replaced")
            return
        }
        #expect(ours.data.text("a") == "start")
    }

    @Test(arguments: [false, true])
    func `who sets back what was there wants it only if they knew what they took back`(knew: Bool) throws {
        let base = try begin()
        var (ours, theirs) = (base, base)
        _ = try ours.merge([edit(&theirs, "one").stored], now: now)
        let (trace, two) = try edit(&ours, "two")
        if knew { _ = theirs.merge([two], now: now) }
        _ = try edit(&theirs, "between")
        let back = try edit(&theirs, "one").stored
        let outcome = fate(trace, in: &ours, hearing: back)
        #expect(ours.data.text("a") == "one")
        if knew { #expect(outcome == .over) } else { #expect(outcome == .undone(trace)) }
    }

    @Test func `an edit is bound to a state only when nothing more can go into it`() throws {
        let base = try begin()
        var ours = base
        let before = ours.data
        try set("a", "mine", in: &ours)
        var trace = EditTrace(from: before, to: ours)
        let (same, heard) = (ours, HeardConfigs())
        guard case .stands(let still) = ours.fate(of: trace, since: same, hearing: heard) else {
            Issue.record("the edit does not stand")
            return
        }
        #expect(still.state == nil)
        trace = still
        let name = ours.stateName
        var theirs = base
        try set("b", "theirs", in: &theirs)
        guard case .stands(let carried) = try fate(trace, in: &ours, hearing: stored(&theirs)) else {
            Issue.record("the edit does not stand")
            return
        }
        #expect(carried.state == name)
    }

    @Test func `what stood before is remembered for some generations, and not without end`() throws {
        var config = try begin()
        let path = [Array("a".utf8)]
        for number in 0..<12 {
            try set("a", "\(number)", in: &config)
            _ = try stored(&config)
        }
        let known = config.former.values(at: path)
        #expect(known.count == 8)
        #expect(known.first == ConfigValue.scalar(.bytes(Array("10".utf8))).encoded)
        for number in 0..<(2 * Int(ConfigMessage.lag)) {
            try set("b", "\(number)", in: &config)
            _ = try stored(&config)
        }
        #expect(config.former.values(at: path).isEmpty)
        // Everything at once is not what a merge brings back leaf by leaf.
        try config.edit { data throws(ConfigError) in
            for number in 0..<1_000 { data.set("x\(1_000 + number)", int: 1) }
        }
        #expect(config.former.values(at: [Array("x1000".utf8)]).isEmpty)
        var kept = config
        #expect(try SharedConfig(.userProfile, keys: keys, dump: kept.dump()).former == config.former)
    }
}
