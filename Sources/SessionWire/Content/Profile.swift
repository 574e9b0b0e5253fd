import Foundation

/// What people show of themselves to those they write to.
/// - Source: identity-and-messages.md §4, §4.5
public struct Profile: Hashable, Sendable {
    /// Bytes of the key of a display picture.
    public static let pictureKeySize = 32

    /// 1 to 100 bytes, on one line.
    public var displayName: String?
    /// Address of the encrypted picture. There is always a key with it, or neither.
    public private(set) var pictureURL: String?
    public private(set) var pictureKey: [UInt8]?
    /// When the owner last changed the profile, Unix seconds; 0 if unknown.
    public var updatedSeconds: UInt64

    /// A picture needs address and key; with one of them missing or unusable there is none.
    public init(
        displayName: String? = nil, pictureURL: String? = nil, pictureKey: [UInt8]? = nil, updatedSeconds: UInt64 = 0
    ) {
        self.displayName = displayName.flatMap(TextLimits.cleanedName)
        self.updatedSeconds = updatedSeconds
        guard
            let pictureURL, let pictureKey, pictureKey.count == Self.pictureKeySize, !pictureURL.isEmpty,
            pictureURL.utf8.count <= TextLimits.pictureURLBytes
        else { return }
        (self.pictureURL, self.pictureKey) = (pictureURL, pictureKey)
    }
}

extension Profile {
    /// `nil` when neither a profile nor a key was sent.
    init?(_ profile: SessionProtos_LokiProfile?, key: Data?) {
        guard profile != nil || key != nil else { return nil }
        let profile = profile ?? SessionProtos_LokiProfile()
        self.init(
            displayName: profile.hasDisplayName ? profile.displayName : nil,
            pictureURL: profile.hasProfilePicture ? profile.profilePicture : nil,
            pictureKey: key.map { [UInt8]($0) }, updatedSeconds: profile.lastUpdateSeconds)
    }

    var proto: SessionProtos_LokiProfile {
        var proto = SessionProtos_LokiProfile()
        if let displayName { proto.displayName = displayName }
        if let pictureURL { proto.profilePicture = pictureURL }
        if updatedSeconds > 0 { proto.lastUpdateSeconds = updatedSeconds }
        return proto
    }
}
