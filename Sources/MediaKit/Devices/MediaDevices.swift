import BaseKit
import CGst
import CMediaKit
import Dispatch
import Foundation
import Synchronization

/// Follows which microphones, speakers and cameras there are. Looking opens none of them.
public final class MediaDevices: Sendable {
    private struct State {
        var monitor: Reference?
        var devices: [MediaDevice] = []
    }

    /// Asking the sound server takes its time, so it has a thread of its own.
    private let queue = DispatchQueue(label: "media-devices")
    private let state = Mutex(State())
    private let changes = Broadcast<[MediaDevice]>(bufferLimit: 1)

    public init() {}

    deinit {
        guard let monitor = state.withLock({ $0.monitor }) else { return }
        queue.async { gst_device_monitor_stop(monitor.monitor) }
    }

    /// What was there last; empty before ``start()``.
    public var devices: [MediaDevice] { state.withLock { $0.devices } }

    /// The devices as they are, and again after every change. Ends when this object goes away.
    public func lists() -> AsyncStream<[MediaDevice]> {
        let later = changes.subscribe()
        let (stream, continuation) = AsyncStream.makeStream(
            of: [MediaDevice].self, bufferingPolicy: .bufferingNewest(1))
        if state.withLock({ $0.monitor != nil }) { continuation.yield(devices) }
        let reader = Task {
            for await list in later { continuation.yield(list) }
            continuation.finish()
        }
        continuation.onTermination = { _ in reader.cancel() }
        return stream
    }

    /// Begins to look; does nothing when it has begun. Where there is no sound server the list lacks what that would know.
    public func start() async throws(MediaError) {
        try MediaSystem.start()
        await onQueue { [self] in begin() }
    }

    public func stop() async {
        await onQueue { [self] in
            let monitor = state.withLock { state in
                defer { state = State() }
                return state.monitor
            }
            if let monitor { gst_device_monitor_stop(monitor.monitor) }
        }
    }

    private func onQueue(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async {
                work()
                continuation.resume()
            }
        }
    }

    private func begin() {
        guard state.withLock({ $0.monitor == nil }) else { return }
        typealias Handler = @Sendable () -> Void
        let changed: Handler = { [weak self] in
            guard let self else { return }
            queue.async { [weak self] in self?.look() }
        }
        let monitor = mediakit_monitor_new(
            { Box<Handler>.value($0)?() }, Box<Handler>.retained(changed), { Box<Handler>.release($0) })
        guard let monitor else { return }
        let reference = Reference(adopting: UnsafeMutableRawPointer(monitor))
        gst_device_monitor_start(reference.monitor)
        state.withLock { $0.monitor = reference }
        look()
    }

    private func look() {
        guard let monitor = state.withLock({ $0.monitor }) else { return }
        let found = Self.devices(of: monitor)
        let isNew = state.withLock { state in
            defer { state.devices = found }
            return state.devices != found
        }
        if isNew { changes.send(found) }
    }

    private static func devices(of monitor: Reference) -> [MediaDevice] {
        let list = gst_device_monitor_get_devices(monitor.monitor)
        defer { g_list_free_full(list) { if let raw = $0 { g_object_unref(raw) } } }
        var found: [MediaDevice] = []
        for item in sequence(first: list, next: { $0?.pointee.next }).prefix(while: { $0 != nil }) {
            guard let raw = item?.pointee.data, let device = device(raw.assumingMemoryBound(to: GstDevice.self)) else {
                continue
            }
            // The same camera may be known to two providers.
            if !found.contains(where: { $0.kind == device.kind && $0.id == device.id }) { found.append(device) }
        }
        return MediaDevice.Kind.allCases.flatMap { found.of($0) }
    }

    private static func device(_ raw: UnsafeMutablePointer<GstDevice>) -> MediaDevice? {
        func text(_ field: String) -> String? { Replies.string(mediakit_device_text(raw, field)) }
        // What a speaker plays is no microphone.
        guard text("device.class") != "monitor", let name = Replies.string(gst_device_get_display_name(raw)) else {
            return nil
        }
        let isDefault = mediakit_device_flag(raw, "is-default") != 0
        if gst_device_has_classes(raw, "Video/Source") != 0 {
            let path = text("device.path") ?? text("api.v4l2.path")
            return path.map { MediaDevice(.camera, id: stablePath($0), name: name, isDefault: isDefault) }
        }
        guard let id = text("internal-name") ?? text("node.name") else { return nil }
        let kind: MediaDevice.Kind = gst_device_has_classes(raw, "Audio/Source") != 0 ? .microphone : .speaker
        return MediaDevice(kind, id: id, name: name, isDefault: isDefault)
    }

    /// `/dev/video0` is whichever camera was found first; the links beside it name the camera itself.
    private static func stablePath(_ path: String) -> String {
        let folder = "/dev/v4l/by-id"
        let links = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // without udev there are none
        let own = links.sorted().map { "\(folder)/\($0)" }.first {
            URL(filePath: $0).resolvingSymlinksInPath().path == path
        }
        return own ?? path
    }
}

extension Reference {
    fileprivate var monitor: UnsafeMutablePointer<GstDeviceMonitor> {
        raw.assumingMemoryBound(to: GstDeviceMonitor.self)
    }
}
