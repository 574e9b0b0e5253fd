import Foundation
public import ShallotStore

/// What this device does with calls.
/// - Source: calls.md §1.1, §6.2
public enum CallMode: String, Codable, Sendable, CaseIterable {
    /// Nobody can call, and nobody can be called.
    case off
    /// Packets take the shortest way: the other side learns our address.
    case direct
    /// Everything goes through a relay: the other side learns nothing but the relay's address.
    case relayOnly
}

extension Preference<CallMode> {
    /// Off until the person chose one of the others.
    public static let callMode = Preference("calls.mode", default: .off)
}

extension Preference<[String: Date]> {
    /// Who called while calls were off, and when the person was told of it last, by Account ID.
    static let callsOffTold = Preference("calls.offTold", default: [:])
}

extension Preference<[String: CallMode]> {
    /// People for whom another mode counts while calls are on, by Account ID.
    public static let callModesOfPeople = Preference("calls.people", default: [:])
}
