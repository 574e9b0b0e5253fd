import CMediaKit
import Synchronization

/// What the other side reports of the streams that we send it.
///
/// webrtcbin keeps one report for all streams of a bundle, the last one: when that is of the stream for repeated packets,
/// which has no line of its own, it knows nothing of sound and picture. So all are listened to here.
/// - Source: RFC 3550 §6.4.1
final class ReceiverReports: Sendable {
    struct Report {
        /// The number of the stream.
        let source: UInt32
        /// The highest packet that arrived, and how many are missing, since the stream began.
        let highest: UInt32
        let lost: Int32
        /// Seconds there and back; `nil` when it cannot be told.
        let roundTrip: Double?
    }

    private struct Stream {
        var now: Report
        /// Until when losses were counted.
        var counted: Report
    }

    private struct State {
        var streams: [UInt32: Stream] = [:]
        var roundTrip: Double?
    }

    private let sources: Set<UInt32>
    private let state = Mutex(State())

    /// - Parameter sources: the streams that count; others are not looked at.
    init(of sources: Set<UInt32>) { self.sources = sources }

    func heard(_ report: Report) {
        guard sources.contains(report.source) else { return }
        state.withLock { state in
            state.streams[report.source, default: Stream(now: report, counted: report)].now = report
            if let time = report.roundTrip { state.roundTrip = time }
        }
    }

    /// Seconds there and back, as known last.
    var roundTrip: Double? { state.withLock { $0.roundTrip } }

    /// The share of packets that got lost since this was asked last, 0…1; `nil` when nothing was reported since.
    func takeLost() -> Double? {
        state.withLock { state in
            var (lost, sent) = (0.0, 0.0)
            for (source, stream) in state.streams {
                let more = Int32(bitPattern: stream.now.highest &- stream.counted.highest)
                guard more != 0 else { continue }
                state.streams[source]?.counted = stream.now
                // One that begins anew has no past.
                guard more > 0 else { continue }
                sent += Double(more)
                // What comes twice counts less than nothing.
                lost += max(Double(stream.now.lost) - Double(stream.counted.lost), 0)
            }
            return sent > 0 ? min(lost / sent, 1) : nil
        }
    }
}

extension ReceiverReports {
    /// Listens to the reports that come to a session for as long as that lives.
    /// - Parameter session: an `rtpsession`.
    func listen(to session: UnsafeMutablePointer<GstElement>) {
        mediakit_on_report(
            session,
            { box, report in
                guard let report = report?.pointee else { return }
                let time = report.round_trip < 0 ? nil : report.round_trip
                Box<ReceiverReports>.value(box)?.heard(
                    Report(source: report.source, highest: report.highest, lost: report.lost, roundTrip: time))
            }, Box<ReceiverReports>.retained(self), { Box<ReceiverReports>.release($0) })
    }
}
