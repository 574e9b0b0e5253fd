import ShallotStore

/// What the page of a group or community says, which this version keeps but cannot open.
public nonisolated struct MembershipWords: Hashable, Sendable {
    public let title: String
    public let text: String

    init(_ membership: MembershipRecord) {
        title =
            switch membership.kind {
            case .group: tr("Group")
            case .community: tr("Community")
            case .legacyGroup: tr("Old Group")
            }
        var sentences = [Self.sentence(membership.kind)]
        if membership.isInvited { sentences.append(tr("You were invited and have not accepted yet.")) }
        if membership.isRemoved { sentences.append(tr("You do not belong to it any more.")) }
        sentences.append(
            tr("This version of Shallot cannot open it yet. It stays in your account, on all your devices."))
        text = sentences.joined(separator: " ")
    }

    private static func sentence(_ kind: MembershipRecord.Kind) -> String {
        switch kind {
        case .group: tr("A group of up to 100 people, which another device of your account joined.")
        case .community: tr("A public room on a community server, which another device of your account joined.")
        case .legacyGroup: tr("A group of an old kind, which can only be read.")
        }
    }
}
