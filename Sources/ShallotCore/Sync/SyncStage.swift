import Foundation
public import ShallotStore

/// How far this device is in step with the account's others.
public enum SyncStage: String, Codable, Sendable {
    /// The rows are from before configs were shared: they go into the configs once it is known what is in the swarm.
    case seeding
    /// The account was restored and the swarm has not yet told everything: nothing is pushed.
    case restoring
    /// Configs are pulled and pushed.
    case ready
}

extension Preference<SyncStage> {
    public static let syncStage = Preference("sync.stage", default: .seeding)
}

extension Preference<Date> {
    /// When the contacts that a restored account began with were stored in the swarm, by network time; 1970 for never.
    static let contactsRestoredTo = Preference("sync.contacts-restored-to", default: Date(timeIntervalSince1970: 0))
}

extension Preference<String> {
    /// The name that somebody gave while restoring because none had arrived; empty when there is none, or when one came.
    static let provisionalName = Preference("account.provisional-name", default: "")
}

extension Preference<Bool> {
    /// The swarm was asked for everything and had no config of a restored account, and none came later.
    static let foundNothing = Preference("sync.found-nothing", default: false)
}
