import MediaKit
import Synchronization

/// Counts pictures that were decoded, which nobody looks at.
final class PictureCount: Sendable {
    private let state = Mutex((count: 0, height: 0))

    /// How many there were, and how high the last one was.
    var counted: (count: Int, height: Int) { state.withLock { $0 } }

    func take(_ frame: VideoFrame) { state.withLock { $0 = ($0.count + 1, frame.height) } }
}
