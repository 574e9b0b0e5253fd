/// A community that was joined.
/// - Source: configs.md §10.4
public struct CommunityEntry: Hashable, Sendable {
    public let room: CommunityRoom
    public var common = GroupCommon()

    init(room: CommunityRoom, _ dict: ConfigDict) { (self.room, common) = (room, GroupCommon(dict)) }
}
