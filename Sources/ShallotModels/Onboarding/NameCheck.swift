import Foundation
import SessionWire

/// Whether a text can be a display name: 1 to 100 bytes after trimming.
public nonisolated enum NameCheck: Equatable, Sendable {
    case fits
    case empty
    /// With how many bytes there are too many.
    case tooLong(by: Int)

    /// The counter appears from here.
    public static let counterStart = 80

    public init(_ name: String) {
        let bytes = name.trimmed.utf8.count
        self = bytes == 0 ? .empty : bytes > TextLimits.nameBytes ? .tooLong(by: bytes - TextLimits.nameBytes) : .fits
    }

    /// What is wrong, for the caption under the row.
    public var problem: String? {
        switch self {
        case .fits: nil
        case .empty: tr("Enter a name")
        case .tooLong(let bytes):
            trn("This name is too long by {n} byte", "This name is too long by {n} bytes", bytes)
        }
    }

    /// "92 / 100" once it is worth knowing.
    public static func counter(_ name: String) -> String? {
        let bytes = name.trimmed.utf8.count
        return bytes < counterStart ? nil : "\(bytes.formatted()) / \(TextLimits.nameBytes.formatted())"
    }
}

extension String {
    nonisolated var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
