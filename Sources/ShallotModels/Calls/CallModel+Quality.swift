import MediaKit
import ShallotCore

extension CallModel {
    /// A picture is given up after so many seconds of a poor connection, so that the sound goes on.
    static let poorPatience = 5
    /// Louder than this, of 1, is every microphone that works.
    static let silence = 0.0001
    /// Seconds of silence that are worth a word.
    static let silencePatience = 3

    /// Every second: how well does it go, and what does the connection bear?
    func measure() async {
        guard let statistics = await actions.statistics(), stage == .running else { return }
        let fresh = CallQuality(statistics)
        if fresh != quality { quality = fresh }
        let rates = traffic.map {
            (
                received: Double(statistics.receivedBytes) - Double($0.received),
                sent: Double(statistics.sentBytes) - Double($0.sent)
            )
        }
        traffic = (statistics.receivedBytes, statistics.sentBytes)
        let lines = CallDetails.lines(statistics, isRelayOnly: snapshot.isRelayOnly, rates: rates)
        if lines != details { details = lines }
        listen(to: statistics.microphonePeak)
        await spareSound()
    }

    /// A microphone that hears nothing at all is switched off somewhere: the most silent room makes some noise.
    private func listen(to peak: Double?) {
        guard let peak, !isMuted, peak < Self.silence else { return silentSeconds = 0 }
        silentSeconds += 1
        guard !hasToldSilence, silentSeconds >= Self.silencePatience else { return }
        hasToldSilence = true
        notice = Notice(text: tr("Your microphone seems silent. Is it switched off?"))
    }

    private func spareSound() async {
        guard quality == .poor, isCameraOn else { return poorSince = nil }
        let begun = poorSince ?? seconds
        poorSince = begun
        guard seconds - begun >= Self.poorPatience else { return }
        await setCamera(false)
        notice = Notice(text: tr("Weak connection: your video is paused."))
    }
}
