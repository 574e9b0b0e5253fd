import Foundation
import MediaKit
import SessionCalls
import SessionWire
import ShallotCore

/// A change of a call as the commands print it.
struct CallLine: Encodable {
    let event = "call"
    let call: String
    let peer: String
    let direction: String
    let phase: String
    let reason: String?
    let trouble: String?
    let hasPicture: Bool
    let relayOnly: Bool
    let time: Int64

    init(_ call: CallSnapshot) {
        self.call = call.id.text
        peer = call.peer.description
        direction = call.direction == .outgoing ? "outgoing" : "incoming"
        phase = call.word
        reason = call.endReason?.word
        trouble = call.troubles.isEmpty ? nil : call.troubles.map(\.description).joined(separator: " ")
        hasPicture = call.hasPicture
        relayOnly = call.isRelayOnly
        time = Date().unixMilliseconds
    }

    var text: String {
        let why = reason.map { ": \($0)" } ?? ""
        let hint = trouble.map { " (\($0))" } ?? ""
        return
            "\(direction == "outgoing" ? "to" : "from") \(peer) \(phase)\(why)\(hasPicture ? ", picture" : "")\(hint)"
    }
}

/// How a call is doing, once a second. Addresses of the other side are shown only where nothing hides them.
struct CallStatisticsLine: Encodable {
    struct Path: Encodable {
        let local: String
        let remote: String
        let relayed: Bool
    }

    let event = "stats"
    let path: Path?
    let receivedBytes: UInt64
    let sentBytes: UInt64
    let receivedPackets: UInt64
    let sentPackets: UInt64
    let roundTripMilliseconds: Double?
    let lost: Double?
    let soundWaitMilliseconds: Double
    let soundJitterMilliseconds: Double
    let soundPacketSizes: [Int]?
    let pictureRate: Int
    /// Pictures that were decoded, and how high the last one was; only with `--watch-video`.
    let pictures: Int?
    let pictureHeight: Int?
    let time: Int64

    init(_ statistics: PeerStatistics, pictures counted: (count: Int, height: Int)?) {
        (pictures, pictureHeight) = (counted?.count, counted?.height)
        path = statistics.path.map {
            Path(local: $0.local.rawValue, remote: $0.remote.rawValue, relayed: $0.isRelayed)
        }
        (receivedBytes, sentBytes) = (statistics.receivedBytes, statistics.sentBytes)
        (receivedPackets, sentPackets) = (statistics.receivedPackets, statistics.sentPackets)
        roundTripMilliseconds = statistics.roundTrip.map { ($0 * 10_000).rounded() / 10 }
        lost = statistics.lost
        soundWaitMilliseconds = (statistics.soundWait * 1_000).rounded()
        soundJitterMilliseconds = (statistics.soundJitter * 10_000).rounded() / 10
        soundPacketSizes = statistics.soundPacketSizes.map { [$0.lowerBound, $0.upperBound] }
        pictureRate = statistics.pictureRate
        time = Date().unixMilliseconds
    }

    var text: String {
        let way = path.map { "\($0.local) – \($0.remote)" } ?? "no way yet"
        return "  \(way), \(receivedBytes) bytes received, \(sentBytes) sent"
    }
}

extension CallSnapshot {
    /// What was accepted rings no more, even if the offer has not come.
    fileprivate var word: String { isAccepted && phase.word == "ringing" ? "connecting" : phase.word }
}

extension Call.Phase {
    var word: String {
        switch self {
        case .outgoingPre: "calling"
        case .outgoingRinging: "offered"
        case .incomingPre: "ringing"
        case .incomingRinging: "ringing"
        case .connecting: "connecting"
        case .connected: "connected"
        case .reconnecting: "reconnecting"
        case .ended: "ended"
        }
    }
}

extension EndReason {
    var word: String {
        switch self {
        case .hungUpHere: "hung up here"
        case .hungUpThere: "hung up there"
        case .declinedThere: "declined there"
        case .answeredElsewhere: "answered on another device"
        case .declinedElsewhere: "declined on another device"
        case .unanswered: "nobody answered"
        case .notConnected: "no connection was found"
        case .connectionLost: "the connection was lost"
        case .notSent: "the network did not take the call"
        case .unusable(let error): error.description
        case .media(let failure): failure.description
        case .replaced: "the other side's call goes on"
        }
    }
}
