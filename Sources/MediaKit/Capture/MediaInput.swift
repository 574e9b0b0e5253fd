public import Foundation

/// Where our sound comes from.
public enum AudioInput: Sendable, Hashable {
    case silence
    /// A sine of so many hertz.
    case tone(Double)
    case file(URL)
    /// A microphone by its stable name; `nil` is the system's default.
    case microphone(String?)
    /// What the other side sends, after so many seconds.
    case returned(after: Double)
}

/// Where our picture comes from.
public enum VideoInput: Sendable, Hashable {
    case none
    /// Colour bars in which every frame carries its number; see ``FrameNumber``.
    case numbered
    case file(URL)
    /// A camera by its stable name; `nil` is the first one.
    case camera(String?)
    case screen(ScreenSource)
    /// What the other side sends, after so many seconds.
    case returned(after: Double)
}

extension AudioInput {
    var returnDelay: Double? { if case .returned(let delay) = self { delay } else { nil } }
}

extension VideoInput {
    var returnDelay: Double? { if case .returned(let delay) = self { delay } else { nil } }
}
