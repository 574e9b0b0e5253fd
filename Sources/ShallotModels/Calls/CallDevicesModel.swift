public import MediaKit
public import Observation
import ShallotStore

/// What a device is used for in calls.
public nonisolated enum CallDeviceUse: String, CaseIterable, Sendable {
    case microphone, speaker, camera
    /// Where an incoming call rings, which may be another speaker than the one for talking.
    case ring

    public var kind: MediaDevice.Kind {
        switch self {
        case .microphone: .microphone
        case .speaker, .ring: .speaker
        case .camera: .camera
        }
    }

    public var words: String {
        switch self {
        case .microphone: tr("Microphone")
        case .speaker: tr("Speaker")
        case .camera: tr("Camera")
        case .ring: tr("Ring On")
        }
    }
}

extension Preference where Value == [String: String] {
    /// Devices by use; what is missing follows the system.
    nonisolated static var callDevices: Preference { Preference("calls.devices", default: [:]) }
}

/// A microphone that is tried.
struct MicrophoneEar {
    /// How loud it is, 0…1.
    let levels: AsyncStream<Double>
    let close: () async -> Void

    static func open(_ microphone: String?) async throws -> MicrophoneEar {
        let meter = LevelMeter()
        try await meter.start(microphone)
        return MicrophoneEar(levels: meter.levels) { await meter.stop() }
    }
}

/// The microphones, speakers and cameras that calls use on this machine. Looking at the list opens none of them.
@Observable
@MainActor  // Spelt out for its `deinit`, as in `CallsModel`.
public final class CallDevicesModel {
    /// One line of a list to choose from.
    public struct Choice: Equatable, Sendable {
        /// `nil` follows the system.
        public let id: String?
        public let name: String
    }

    public private(set) var list: [MediaDevice] = []
    public private(set) var notice: Notice?
    /// How loud the microphone is, 0…1, while it is tried; `nil` while it is closed.
    public private(set) var level: Double?
    public private(set) var isTrying = false
    private var chosen: [String: String] = [:]

    private let save: ([String: String]) async throws -> Void
    /// A call that goes on is told at once.
    private let use: (CallDeviceUse, String?) async -> Void
    private let openMicrophone: (String?) async throws -> MicrophoneEar
    @ObservationIgnored private var trial: Task<Void, Never>?

    init(
        save: @escaping ([String: String]) async throws -> Void, use: @escaping (CallDeviceUse, String?) async -> Void,
        openMicrophone: @escaping (String?) async throws -> MicrophoneEar = MicrophoneEar.open
    ) { (self.save, self.use, self.openMicrophone) = (save, use, openMicrophone) }

    isolated deinit { trial?.cancel() }

    func load(_ read: () async throws -> [String: String]) async {
        do { chosen = try await read() } catch { notice = Notice(error) }
    }

    /// - Returns: the stable name; `nil` for what the system takes.
    public func device(for use: CallDeviceUse) -> String? { chosen[use.rawValue] }

    public func choose(_ id: String?, for use: CallDeviceUse) async {
        guard id != device(for: use) else { return }
        chosen[use.rawValue] = id
        if use == .microphone, isTrying {
            setTrying(false)
            setTrying(true)
        }
        await self.use(use, id)
        do { try await save(chosen) } catch { notice = Notice(error) }
    }

    /// The system's choice, everything there is, and what was chosen once and is not there now.
    public func choices(for use: CallDeviceUse) -> [Choice] {
        let there = list.filter { $0.kind == use.kind }
        var choices = [Choice(id: nil, name: tr("Follow system default"))]
        choices += there.map { Choice(id: $0.id, name: $0.name) }
        if let id = device(for: use), !there.contains(where: { $0.id == id }) {
            choices.append(Choice(id: id, name: tr("Chosen device (not connected)")))
        }
        return choices
    }

    /// Opens the chosen microphone to see whether it hears anything, or closes it.
    public func setTrying(_ isWanted: Bool) {
        guard isWanted != isTrying else { return }
        isTrying = isWanted
        trial?.cancel()
        trial = isWanted ? Task { await listen() } : nil
        if !isWanted { level = nil }
    }

    /// Until the task is cancelled. One that was cancelled changes nothing any more: its successor may listen already.
    private func listen() async {
        let ear: MicrophoneEar
        do { ear = try await openMicrophone(device(for: .microphone)) } catch {
            guard !Task.isCancelled else { return }
            setTrying(false)
            return notice = Notice(text: tr("No microphone can be opened."))
        }
        if !Task.isCancelled { (notice, level) = (nil, 0) }
        for await fresh in ear.levels {
            if Task.isCancelled { break }
            level = fresh
        }
        await ear.close()
        if !Task.isCancelled { setTrying(false) }
    }

    /// Follows what is plugged in, as long as somebody looks: until the calling task is cancelled.
    public func watch() async {
        let devices = MediaDevices()
        do { try await devices.start() } catch {
            notice = Notice(text: error.description)
            return
        }
        for await fresh in devices.lists() {
            if fresh != list { list = fresh }
            if Task.isCancelled { break }
        }
        await devices.stop()
    }
}
