import SessionWire
import ShallotStore

extension ContactRecord {
    /// Takes over what a person says about themselves, unless something newer is known.
    /// - Source: identity-and-messages.md §4.5
    mutating func apply(_ profile: Profile?) {
        guard let profile else { return }
        let isNewer = profile.updatedSeconds > profileUpdatedSeconds
        guard isNewer || (profile.updatedSeconds == 0 && profileUpdatedSeconds == 0) else { return }
        // Unusable names are ignored.
        guard let text = profile.displayName, let name = try? DisplayName(text) else { return }
        self.name = name.text
        profileUpdatedSeconds = profile.updatedSeconds
        if let url = profile.pictureURL, let key = profile.pictureKey, key.count == 32 {
            (pictureURL, pictureKey) = (url, key)
        } else if isNewer {
            (pictureURL, pictureKey) = (nil, nil)
        }
    }
}
