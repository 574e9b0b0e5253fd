/// Why sound and picture cannot be had.
public enum MediaError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A part of GStreamer is not installed.
    case missing(element: String, package: String)
    /// A pipeline did not start; the words are GStreamer's.
    case cannotStart(String)
    /// The engine refused a description; its own words.
    case refusedDescription(String)
    /// The other side's connection showed a certificate that its description does not name.
    case wrongCertificate
    /// A sound that cannot be played.
    case unreadableSound
    case ended

    /// What is wrong, where it is clear what was tried: GStreamer's own words if there are any.
    public var reason: String {
        switch self {
        case .cannotStart(let words), .refusedDescription(let words): words
        default: description
        }
    }

    public var description: String {
        switch self {
        case .missing(let element, let package):
            "Calls need the package “\(package)”, which is not installed (\(element) is missing)."
        case .cannotStart(let reason): "Sound and picture could not be started: \(reason)"
        case .refusedDescription(let reason): "The description of the call was refused: \(reason)"
        case .wrongCertificate: "The other side could not prove that it is who it says: its certificate is another one."
        case .unreadableSound: "This is no sound that can be played: a WAV file with 16 bits a sample, up to 8 MiB."
        case .ended: "The call is over."
        }
    }
}
