public import Foundation

/// Where the other side's sound goes.
public struct AudioOutput: Sendable {
    public enum Device: Sendable, Hashable {
        case none
        /// A speaker by its stable name; `nil` is the system's default.
        case speaker(String?)
    }

    public var device: Device
    /// A WAV file, 48 kHz, one channel, 16 bits.
    public var recording: URL?

    public init(device: Device = .none, recording: URL? = nil) { (self.device, self.recording) = (device, recording) }
}

/// Where the other side's picture goes.
public struct VideoOutput: Sendable {
    /// A Matroska file with the frames as they arrived.
    public var recording: URL?
    /// Called on a thread of GStreamer's; a frame that comes while another is being shown replaces it.
    public var shown: (@Sendable (VideoFrame) -> Void)?

    public init(recording: URL? = nil, shown: (@Sendable (VideoFrame) -> Void)? = nil) {
        (self.recording, self.shown) = (recording, shown)
    }
}
