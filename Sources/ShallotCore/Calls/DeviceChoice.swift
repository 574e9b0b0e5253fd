import MediaKit

/// What is used of what was chosen: a device that is gone is stood in for by the system's default until it is back.
struct DeviceChoice: Equatable, Sendable {
    var microphone = AudioInput.silence
    var speaker = AudioOutput.Device.none
    var camera = VideoInput.none
    /// What is stood in for, or missing altogether.
    private(set) var troubles: [DeviceTrouble] = []

    init() {}

    /// - Parameters:
    ///   - media: what was chosen.
    ///   - camera: of that, what is shown now.
    ///   - list: what there is; `nil` while that is not known.
    init(_ media: CallMedia, camera: VideoInput, among list: [MediaDevice]?) {
        (microphone, speaker, self.camera) = (media.microphone, media.sound.device, camera)
        guard let list else { return }
        if case .camera(let id) = camera {
            self.camera = Self.used(id, of: list.of(.camera), lose: { lose(.camera, $0) }).map { .camera($0) } ?? .none
        }
        if case .speaker(let id) = speaker {
            // Without a list of speakers the system may still have one.
            speaker = .speaker(Self.used(id, of: list.of(.speaker), lose: { lose(.speaker, $0) }) ?? nil)
        }
        if case .microphone(let id) = microphone {
            let used = Self.used(id, of: list.of(.microphone), lose: { lose(.microphone, $0) })
            microphone = used.map { .microphone($0) } ?? .silence
        }
    }

    /// - Returns: the chosen one, the default (`nil` inside), or nothing at all.
    private static func used(_ id: String?, of list: [MediaDevice], lose: (_ isAnyLeft: Bool) -> Void) -> String?? {
        if list.isEmpty { lose(false) }
        guard !list.isEmpty else { return .none }
        guard let id, !list.contains(where: { $0.id == id }) else { return .some(id) }
        lose(true)
        return .some(nil)
    }

    private mutating func lose(_ kind: MediaDevice.Kind, _ isAnyLeft: Bool) {
        troubles.append(isAnyLeft ? .stoodIn(kind) : .missing(kind))
    }

    /// Stands in for a device that is listed but gives nothing.
    mutating func failed(_ kind: MediaDevice.Kind, _ reason: String) {
        troubles.removeAll { $0.kind == kind }
        troubles.append(.failed(kind, reason))
        switch kind {
        case .microphone: microphone = microphone.isChosenDevice ? .microphone(nil) : .silence
        case .speaker: speaker = if case .speaker(.some) = speaker { .speaker(nil) } else { .none }
        case .camera: camera = camera.isChosenDevice ? .camera(nil) : .none
        }
    }
}

extension AudioInput {
    fileprivate var isChosenDevice: Bool { if case .microphone(.some) = self { true } else { false } }
}

extension VideoInput {
    fileprivate var isChosenDevice: Bool { if case .camera(.some) = self { true } else { false } }
}
