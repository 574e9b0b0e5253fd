import CAdwaita
import Synchronization

/// Brings frames from any thread into a picture. A frame is copied once, where it comes from, and not at all while the
/// picture is not on the screen. At most one waits for the main loop; a newer one takes its place.
public nonisolated final class VideoFeed: Sendable {
    private struct State {
        var isShown = false
        var isHopDue = false
        var latest: Frame?
        /// Frames that were copied since the feed was made, for tests and measuring.
        var count = 0
    }

    private let state = Mutex(State())
    private let target: Target

    public init() { target = Target() }

    /// Takes a frame of blue, green, red and alpha bytes, which is opaque or premultiplied. Called on any thread.
    /// - Parameter copy: fills `width * height * 4` bytes.
    public func take(width: Int, height: Int, copy: (UnsafeMutableRawBufferPointer) -> Bool) {
        guard state.withLock({ $0.isShown }), let frame = Frame(width: width, height: height, copy: copy) else {
            return
        }
        let isFirst = state.withLock { state in
            guard state.isShown else { return false }
            state.latest = frame
            state.count += 1
            defer { state.isHopDue = true }
            return !state.isHopDue
        }
        guard isFirst else { return }
        Task { @MainActor in showLatest() }
    }

    /// How many frames were copied so far.
    public var frameCount: Int { state.withLock { $0.count } }

    @MainActor private func showLatest() {
        let frame = state.withLock { state in
            state.isHopDue = false
            defer { state.latest = nil }
            return state.latest
        }
        if let frame { target.picture?.show(frame.texture) }
    }

    /// Shows the frames in this picture from now on, and nowhere else.
    @MainActor public func show(in picture: Picture) {
        detach()
        target.picture = picture
        state.withLock { $0.isShown = picture.isMapped }
        target.connections = [
            picture.onMap { [weak self] in self?.state.withLock { $0.isShown = true } },
            picture.onUnmap { [weak self] in
                self?.state.withLock { state in
                    state.isShown = false
                    state.latest = nil
                }
            },
        ]
    }

    /// Shows nothing any more; the picture is empty.
    @MainActor public func detach() {
        state.withLock { state in
            state.isShown = false
            state.latest = nil
        }
        target.connections.forEach { $0.disconnect() }
        target.connections = []
        target.picture?.show(nil)
        target.picture = nil
    }

    @MainActor private final class Target {
        var picture: Picture?
        var connections: [SignalConnection] = []
        nonisolated init() {}
    }
}

/// One frame as GDK takes it.
// Safe to share: a texture never changes, and GObject counts atomically.
private nonisolated final class Frame: @unchecked Sendable {
    private let native: UnsafeMutableRawPointer

    /// - Returns: `nil` when nothing was copied.
    init?(width: Int, height: Int, copy: (UnsafeMutableRawBufferPointer) -> Bool) {
        let count = width * height * 4
        guard width > 0, height > 0, let memory = g_try_malloc(gsize(count)) else { return nil }
        guard copy(UnsafeMutableRawBufferPointer(start: memory, count: count)) else {
            g_free(memory)
            return nil
        }
        let bytes = g_bytes_new_take(memory, gsize(count))
        defer { g_bytes_unref(bytes) }
        guard
            let texture = gdk_memory_texture_new(
                gint(width), gint(height), GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, gsize(width * 4))
        else { return nil }
        native = UnsafeMutableRawPointer(texture)
    }

    deinit { g_object_unref(native) }

    @MainActor var texture: Texture { Texture(retaining: native) }
}
