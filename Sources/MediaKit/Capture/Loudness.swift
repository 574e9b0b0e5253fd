import CGst
import CMediaKit

/// How loud a source was, before anything cleans its sound.
// Safe to share: the counter is atomic, and the pointer never changes.
final class Loudness: @unchecked Sendable {
    private let native = mediakit_loudness_new()

    deinit { mediakit_loudness_unref(native) }

    func watch(_ element: Reference) { mediakit_loudness_watch(native, element.element) }

    /// The loudest sample since the last time, 0…1.
    func takePeak() -> Double { Double(mediakit_loudness_take(native)) / 32_768 }
}
