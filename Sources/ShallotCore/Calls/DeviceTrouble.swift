public import MediaKit

/// Something about a device that does not end the call.
public enum DeviceTrouble: Sendable, Equatable, CustomStringConvertible {
    /// The chosen one is gone, and the system’s is used.
    case stoodIn(MediaDevice.Kind)
    /// There is none at all.
    case missing(MediaDevice.Kind)
    /// It is there and cannot be used; the engine's words.
    case failed(MediaDevice.Kind, String)
    /// The screen can be shown no longer; the engine's words.
    case screen(String)

    /// Where it is about a device.
    public var kind: MediaDevice.Kind? {
        switch self {
        case .stoodIn(let kind), .missing(let kind), .failed(let kind, _): kind
        case .screen: nil
        }
    }

    public var description: String {
        switch self {
        case .stoodIn(.microphone): "The chosen microphone is gone. The system’s microphone is used."
        case .stoodIn(.speaker): "The chosen speaker is gone. The system’s speaker is used."
        case .stoodIn(.camera): "The chosen camera is gone. The system’s camera is used."
        case .missing(.microphone): "There is no microphone. The other side hears silence."
        case .missing(.speaker): "There is no speaker. You cannot hear the other side."
        case .missing(.camera): "There is no camera. The other side sees no picture."
        case .failed(.microphone, let reason): "The microphone cannot be used: \(reason)"
        case .failed(.speaker, let reason): "The speaker cannot be used: \(reason)"
        case .failed(.camera, let reason): "The camera cannot be used: \(reason)"
        case .screen(let reason): "The screen can be shown no longer: \(reason)"
        }
    }
}
