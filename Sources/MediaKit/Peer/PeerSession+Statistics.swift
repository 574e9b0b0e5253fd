import CGst
import CMediaKit

extension PeerSession {
    public func statistics() -> PeerStatistics {
        var statistics = PeerStatistics()
        let traffic = gate.traffic
        (statistics.receivedBytes, statistics.sentBytes) = (UInt64(traffic.received_bytes), UInt64(traffic.sent_bytes))
        statistics.receivedPackets = UInt64(traffic.received_packets)
        statistics.sentPackets = UInt64(traffic.sent_packets)
        statistics.soundPacketSizes = sending?.soundSizes?.range
        statistics.pictureRate = pictureRate
        statistics.pictureCodec = receiving.pictureCodec ?? sending?.pictureCodec
        let sound = receiving.soundTimes
        (statistics.soundWait, statistics.soundJitter) = (Double(sound.wait) / 1_000, sound.jitter / 1_000)
        statistics.microphonePeak = opened.microphone?.loudness?.takePeak()
        guard !hasStopped else { return statistics }
        statistics.path = path
        (statistics.roundTrip, statistics.lost) = (reports.roundTrip, lost)
        return statistics
    }

    private var path: PeerStatistics.Path? {
        var pair = MediaPair()
        guard mediakit_selected_pair(OpaquePointer(agent.raw), stream, &pair) != 0 else { return nil }
        return PeerStatistics.Path(
            local: Self.kind(pair.local), remote: Self.kind(pair.remote),
            localAddress: Self.text(pair.local_address), remoteAddress: Self.text(pair.remote_address))
    }

    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static func kind(_ code: Int32) -> PeerStatistics.Kind {
        switch NiceCandidateType(UInt32(bitPattern: code)) {
        case NICE_CANDIDATE_TYPE_SERVER_REFLEXIVE: .serverReflexive
        case NICE_CANDIDATE_TYPE_PEER_REFLEXIVE: .peerReflexive
        case NICE_CANDIDATE_TYPE_RELAYED: .relay
        default: .host
        }
    }

    /// Every second: is the other side there, and how much does the way bear?
    func look() {
        guard !hasStopped else { return }
        link.look(now: g_get_monotonic_time())
        guard let lost = reports.takeLost() else { return }
        self.lost = lost
        // Repeating what was lost helps against the next loss, so it goes on for a while.
        soundLoss = max(lost, soundLoss * 0.8)
        sending?.setSoundLoss(soundLoss)
        let rate = Self.adapted(pictureRate, lost: lost)
        guard rate != pictureRate else { return }
        pictureRate = rate
        sending?.setPictureRate(rate)
        adaptPictureSize()
    }

    /// Less when much is lost, slowly more when hardly anything is.
    /// - Source: draft-ietf-rmcat-gcc-02 §6
    static func adapted(_ rate: Int, lost: Double) -> Int {
        let wanted =
            switch lost {
            case ..<0.02: Double(rate) * 1.05
            case 0.1...: Double(rate) * (1 - lost / 2)
            default: Double(rate)
            }
        return min(max(Int(wanted), Sending.pictureRates.lowerBound), Sending.pictureRates.upperBound)
    }
}
