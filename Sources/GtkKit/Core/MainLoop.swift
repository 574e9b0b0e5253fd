import CAdwaita
import CGtkKit

/// GLib's default main loop, which is where the main actor runs.
public enum MainLoop {
    private static var isInstalled = false

    /// Lets GLib's loop drain libdispatch's main queue, so that main-actor jobs run between GTK's events. `Application.run`
    /// calls it; a second call does nothing.
    public static func installMainQueue() {
        guard !isInstalled else { return }
        isInstalled = true
        gtkkit_install_main_queue()
    }

    /// Runs `body` once the loop has nothing more urgent to do, after the frames that are due.
    public static func whenIdle(_ body: @escaping () -> Void) {
        let box = Unmanaged.passRetained(Once(body)).toOpaque()
        g_idle_add_full(
            G_PRIORITY_LOW,
            { box in
                if let box { Unmanaged<Once>.fromOpaque(box).takeUnretainedValue().run() }
                return 0
            }, box, { box in if let box { Unmanaged<Once>.fromOpaque(box).release() } })
    }

    private final class Once {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Work that repeats on the main actor until this value goes away.
    @MainActor
    public final class Timer {
        private let task: Task<Void, Never>
        isolated deinit { task.cancel() }

        public init(every interval: Duration, _ body: @escaping () -> Void) {
            task = Task {
                while true {
                    do { try await Task.sleep(for: interval) } catch { return }
                    // It may have been cancelled between the end of the pause and now.
                    if Task.isCancelled { return }
                    body()
                }
            }
        }

        public init(after delay: Duration, _ body: @escaping () -> Void) {
            task = Task {
                do { try await Task.sleep(for: delay) } catch { return }
                if !Task.isCancelled { body() }
            }
        }

        public func cancel() { task.cancel() }
    }
}
