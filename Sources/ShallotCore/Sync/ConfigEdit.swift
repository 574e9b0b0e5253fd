import Foundation
import SessionConfig
import SessionWire

/// One change that somebody made on this device, small enough to be made again.
///
/// It is kept until another device could see it: a config that falls too far behind loses its own changes by rule.
/// - Source: configs.md §6.3
enum ConfigEdit: Codable, Hashable, Sendable {
    case profileName(String)
    case noteToSelfPriority(Int64)
    case contact(ConversationID, ContactChange)
    case removeContact(ConversationID)
    /// Milliseconds.
    case lastRead(ReadPlace, Int64)
    case markedUnread(ReadPlace, Bool)
    case forgetPosition(ReadPlace)
    case groupPriority(ConversationID, Int64)
    case groupMute(ConversationID, Int64)

    enum ContactChange: Codable, Hashable, Sendable {
        case approved(Bool)
        case approvedUs(Bool)
        case blocked(Bool)
        case nickname(String)
        case profile(ContactProfile)
        case priority(Int64)
        /// Unix seconds; 0 for not muted.
        case mutedUntil(Int64)
    }

    /// What a person said about themselves.
    struct ContactProfile: Codable, Hashable, Sendable {
        var name: String
        var pictureURL: String?
        var pictureKey: [UInt8]?
        /// Unix seconds.
        var updated: Int64
    }

    var kind: ConfigKind {
        switch self {
        case .profileName, .noteToSelfPriority: .userProfile
        case .contact, .removeContact: .contacts
        case .lastRead, .markedUnread, .forgetPosition: .convoInfoVolatile
        case .groupPriority, .groupMute: .userGroups
        }
    }

    /// What it changes: of two edits of one field the later counts.
    var field: String {
        switch self {
        case .profileName: "name"
        case .noteToSelfPriority: "priority"
        case .contact(let id, let change): "\(id.rawValue) \(change.field)"
        case .removeContact(let id): "\(id.rawValue) removed"
        case .lastRead(let place, _): "\(place.text) read"
        case .markedUnread(let place, _): "\(place.text) unread"
        case .forgetPosition(let place): "\(place.text) removed"
        case .groupPriority(let id, _): "\(id.rawValue) priority"
        case .groupMute(let id, _): "\(id.rawValue) mute"
        }
    }
}

extension ConfigEdit.ContactChange {
    fileprivate var field: String {
        switch self {
        case .approved: "approved"
        case .approvedUs: "approvedUs"
        case .blocked: "blocked"
        case .nickname: "nickname"
        case .profile: "profile"
        case .priority: "priority"
        case .mutedUntil: "mute"
        }
    }
}

extension ConfigEdit {
    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// `nil` for one of a version that knew other edits.
    init?(text: String) {
        guard let edit = try? JSONDecoder().decode(ConfigEdit.self, from: Data(text.utf8)) else { return nil }
        self = edit
    }
}
