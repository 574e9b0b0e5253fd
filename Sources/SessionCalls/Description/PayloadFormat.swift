/// What one payload number of a media line means.
/// - Source: RFC 8866 §6.6, §6.15; RFC 4585 §4.2
public struct PayloadFormat: Hashable, Sendable {
    public let number: UInt8
    /// In lower case: `opus`, `vp8`, `h264`, `rtx` …
    public let name: String
    public let clockRate: UInt32
    /// What stands behind `a=fmtp:<number> `.
    public let parameters: String
    public let feedback: [String]

    /// The payload whose lost packets this one carries again.
    /// - Source: RFC 4588 §8.6
    public var repeatedPayload: UInt8? {
        guard name == "rtx" else { return nil }
        return parameter("apt").flatMap(UInt8.init)
    }

    /// Whether it is a form that we can make and read.
    /// - Source: RFC 6184 §8.1; RFC 7587 §7; calls.md §7.4
    var isUnderstood: Bool {
        switch name {
        case "opus": clockRate == 48_000
        case "h264":
            // Baseline, which is what everybody means by it: hardly anybody makes what is not constrained baseline too.
            clockRate == 90_000 && parameter("packetization-mode") == "1"
                && (profile ?? Self.commonProfile).hasPrefix("42")
        default: clockRate == 90_000
        }
    }

    /// Profile and level of H264, six digits.
    var profile: String? {
        guard let text = parameter("profile-level-id")?.lowercased() else { return nil }
        return text.utf8.count == 6 && UInt32(text, radix: 16) != nil ? text : nil
    }

    /// Constrained baseline, up to 1280×720.
    static let commonProfile = "42e01f"

    /// The value of one `name=value` of the parameters, whatever the case of its name.
    public func parameter(_ name: String) -> String? {
        for part in parameters.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
            if pair.count == 2, pair[0].lowercased() == name { return pair[1] }
        }
        return nil
    }

    /// The payloads in the order of `numbers`; those without `a=rtpmap` are left out.
    static func all(in section: DescriptionSection, numbers: [String]) -> [PayloadFormat] {
        let names = table(section.attributes("rtpmap"))
        let parameters = table(section.attributes("fmtp"))
        let feedback = table(section.attributes("rtcp-fb"))
        return numbers.compactMap { text in
            guard let number = UInt8(text), number < 128, let encoding = names[number]?.first else { return nil }
            let parts = encoding.split(separator: "/")
            guard parts.count >= 2, let clockRate = UInt32(parts[1]) else { return nil }
            return PayloadFormat(
                number: number, name: parts[0].lowercased(), clockRate: clockRate,
                parameters: parameters[number]?.first ?? "", feedback: feedback[number] ?? [])
        }
    }

    private static func table(_ attributes: [String]) -> [UInt8: [String]] {
        var table: [UInt8: [String]] = [:]
        for attribute in attributes {
            let fields = attribute.split(separator: " ", maxSplits: 1)
            guard fields.count == 2, let number = UInt8(fields[0]) else { continue }
            table[number, default: []].append(String(fields[1]))
        }
        return table
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
