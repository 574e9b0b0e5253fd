import Foundation
import ShallotTestSupport

@testable import SessionConfig

extension UserProfileConfig {
    mutating func change(_ action: String, _ arguments: VectorFields, now: Date) throws {
        func number() throws -> Int64 { arguments.has("value") ? try arguments.int64("value") : 0 }
        switch action {
        case "set_name": try setName(arguments.text("name"), now: now)
        case "set_name_truncated": try setName(ConfigName.truncated(arguments.text("name")), now: now)
        case "set_profile_pic": try setPicture(arguments.picture(), now: now)
        case "set_reupload_profile_pic":
            guard let picture = try arguments.picture() else { throw VectorError("no picture") }
            try setReuploadedPicture(picture, now: now)
        case "set_nts_priority": try setNoteToSelfPriority(number())
        case "set_nts_expiry": try setNoteToSelfExpiry(number())
        case "set_blinded_msgreqs":
            try setAcceptsCommunityRequests(arguments.has("value") ? arguments.bool("value") : nil, now: now)
        case "set_pro_badge": try setProfileBit(0, arguments.bool("value"), now: now)
        case "set_animated_avatar": try setProfileBit(1, arguments.bool("value"), now: now)
        case "set_pro_access_expiry": try setProAccessExpiry(number())
        case "set_pro_config":
            let pro = try ProEntry(
                rotatingSeed: arguments.bytes("rotating_seed"), version: arguments.int64("version"),
                tag: arguments.bytes("gen_index_hash"), expiry: arguments.int64("expiry_unix_ts_ms"),
                signature: arguments.bytes("sig"))
            try setPro(pro, now: now)
        default: throw VectorError("unknown step \(action)")
        }
    }

    func scriptState() -> [String: VectorValue] {
        var fields = ScriptFields()
        fields.add("name", name ?? "")
        fields.add("profile_pic", picture)
        fields.add("nts_priority", noteToSelfPriority)
        fields.add("nts_expiry", noteToSelfExpiry ?? 0)
        if let acceptsCommunityRequests { fields.values["blinded_msgreqs"] = .bool(acceptsCommunityRequests) }
        fields.add("profile_updated", profileUpdated ?? 0)
        fields.add("profile_bitset", Int64(profileBits))
        fields.add("pro_access_expiry_ms", proAccessExpiry ?? 0)
        if let pro {
            var inner = ScriptFields()
            inner.add("rotating_seed", pro.rotatingSeed)
            inner.add("rotating_pubkey", pro.rotatingKey ?? [])
            inner.add("version", pro.version)
            inner.add("gen_index_hash", pro.tag)
            inner.add("expiry_unix_ts_ms", pro.expiry)
            inner.add("sig", pro.signature)
            fields.values["pro"] = .object(inner.values)
        }
        return fields.values
    }
}
