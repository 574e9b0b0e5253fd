import Foundation
import MediaKit

/// One line of what the connection of a call is made of.
public nonisolated struct CallDetail: Identifiable, Equatable, Sendable {
    public let label: String
    public let value: String
    public var id: String { label }
}

/// Says what is known about a connection. Addresses stand there only in calls that show them anyway.
nonisolated enum CallDetails {
    /// - Parameter rates: bytes a second, received and sent; `nil` while they are not known.
    static func lines(
        _ statistics: PeerStatistics?, isRelayOnly: Bool, rates: (received: Double, sent: Double)?
    ) -> [CallDetail] {
        guard let statistics, let path = statistics.path else {
            return [CallDetail(label: tr("Way"), value: tr("Not connected yet"))]
        }
        var lines = [CallDetail(label: tr("Way"), value: path.isRelayed ? tr("Through a relay") : tr("Direct"))]
        if path.local == .relay {
            lines.append(CallDetail(label: tr("Our relay"), value: path.localAddress))
        } else if !isRelayOnly {
            lines.append(CallDetail(label: tr("Our address"), value: path.localAddress))
        }
        if path.remote == .relay {
            lines.append(CallDetail(label: tr("Their relay"), value: path.remoteAddress))
        } else if !isRelayOnly {
            lines.append(CallDetail(label: tr("Their address"), value: path.remoteAddress))
        }
        if let delay = statistics.roundTrip {
            lines.append(
                CallDetail(label: tr("Round trip"), value: tr("{n} ms", ["n": "\(Int((delay * 1000).rounded()))"])))
        }
        if let lost = statistics.lost {
            lines.append(CallDetail(label: tr("Lost"), value: tr("{n} %", ["n": number(lost * 100)])))
        }
        let jitter = tr("{n} ms", ["n": number(statistics.soundJitter * 1000)])
        lines.append(CallDetail(label: tr("Jitter"), value: jitter))
        lines.append(CallDetail(label: tr("Sound"), value: "Opus"))
        lines.append(CallDetail(label: tr("Picture"), value: statistics.pictureCodec?.rawValue ?? "VP8"))
        if let rates {
            lines.append(CallDetail(label: tr("Receiving"), value: rate(rates.received)))
            lines.append(CallDetail(label: tr("Sending"), value: rate(rates.sent)))
        }
        return lines
    }

    private static func rate(_ bytes: Double) -> String {
        tr("{n} kbit/s", ["n": "\(Int((bytes * 8 / 1000).rounded()))"])
    }

    private static func number(_ value: Double) -> String { value.formatted(.number.precision(.fractionLength(0...1))) }
}
