/// A microphone, speaker or camera of this machine.
public struct MediaDevice: Sendable, Hashable, Identifiable {
    public enum Kind: Sendable, Hashable, CaseIterable { case microphone, speaker, camera }

    public let kind: Kind
    /// The same whenever the device is there, across restarts too; what ``AudioInput/microphone(_:)``,
    /// ``AudioOutput/Device/speaker(_:)`` and ``VideoInput/camera(_:)`` take. Never for a log.
    public let id: String
    /// What people call it.
    public let name: String
    /// The system uses it where nothing else was chosen.
    public let isDefault: Bool

    public init(_ kind: Kind, id: String, name: String, isDefault: Bool = false) {
        (self.kind, self.id, self.name, self.isDefault) = (kind, id, name, isDefault)
    }
}

extension Sequence<MediaDevice> {
    /// Those of one kind, the default first, then by name.
    public func of(_ kind: MediaDevice.Kind) -> [MediaDevice] {
        filter { $0.kind == kind }.sorted {
            ($0.isDefault ? 0 : 1, $0.name, $0.id) < ($1.isDefault ? 0 : 1, $1.name, $1.id)
        }
    }
}
