import Foundation
public import Observation
public import SessionCalls
public import SessionWire
public import ShallotCore

/// One call from the first ring to the words at its end: what its windows say and what can be pressed in them.
@Observable
public final class CallModel {
    public enum Stage: Sendable { case ringing, calling, connecting, running, reconnecting, over }

    public let id: CallID
    public let peer: AccountID
    public let direction: Call.Direction
    /// The other side's name, as it stands in the list of conversations.
    public let name: String
    public let avatar: AvatarLook
    /// It rings without a sound: the conversation is muted.
    public let isSilent: Bool
    public private(set) var snapshot: CallSnapshot
    /// Answer was pressed and is not known to the call yet.
    public private(set) var isAnswering = false
    /// How long sound has been flowing, in seconds.
    public private(set) var seconds = 0
    public internal(set) var quality: CallQuality?
    public internal(set) var details: [CallDetail] = []
    /// What counts for the address of this machine; `nil` until it is known.
    public private(set) var mode: CallMode?
    /// A sentence about something that does not end the call.
    public internal(set) var notice: Notice? { didSet { if let notice { notices.append(notice) } } }
    /// All of them, the last one at the end: several may come at once, and the same one twice.
    public private(set) var notices: [Notice] = []
    /// The windows can go.
    public private(set) var isDismissed = false
    /// Whether there is any way to show the screen on this desktop.
    public var canShareScreen = false
    public internal(set) var screen = ScreenStage.none

    @ObservationIgnored let actions: CallActions
    @ObservationIgnored let surroundings: Surroundings
    /// Gives back what was chosen of the screen.
    @ObservationIgnored var giveScreenBack: () -> Void = {}
    /// Counts the choices, so that the end of one is not taken for that of the next.
    @ObservationIgnored var screenChoice = 0
    @ObservationIgnored var isScreenTakenBack = false
    @ObservationIgnored var poorSince: Int?
    /// Measurements in a row, one each second, in which the microphone heard nothing.
    @ObservationIgnored var silentSeconds = 0
    @ObservationIgnored var hasToldSilence = false
    @ObservationIgnored var traffic: (received: UInt64, sent: UInt64)?
    /// Called once, when the windows can go.
    @ObservationIgnored var dismissed: () -> Void = {}
    /// By this machine's clock, which need not be the network's.
    @ObservationIgnored private var startedAt: Date?
    @ObservationIgnored private var isTalkingWhileHeld = false
    @ObservationIgnored private var told: [DeviceTrouble] = []

    /// Time in which one can read how a call ended before its window goes.
    static let readingTime = Duration.seconds(3)

    init(
        _ snapshot: CallSnapshot, name: String, isSilent: Bool = false, actions: CallActions, surroundings: Surroundings
    ) {
        (self.snapshot, id, peer, direction) = (snapshot, snapshot.id, snapshot.peer, snapshot.direction)
        (self.name, self.actions, self.surroundings) = (name, actions, surroundings)
        self.isSilent = isSilent
        avatar = AvatarLook(name: name, id: .account(snapshot.peer))
    }

    // MARK: What is going on

    func update(_ fresh: CallSnapshot) {
        guard fresh.id == id, fresh != snapshot else { return }
        if fresh.isAccepted || fresh.hasEnded { isAnswering = false }
        let wasSharing = isSharing
        snapshot = fresh
        count()
        if wasSharing && !isSharing || !hasControls { letScreenGo() }
        for trouble in fresh.troubles where !fresh.hasEnded && !told.contains(trouble) && !isKnown(trouble) {
            notice = Notice(text: CallWords.trouble(trouble))
        }
        told = fresh.troubles
    }

    public var stage: Stage {
        switch snapshot.phase {
        case .outgoingPre, .outgoingRinging: .calling
        case .incomingPre, .incomingRinging: snapshot.isAccepted || isAnswering ? .connecting : .ringing
        case .connecting: .connecting
        case .connected: .running
        case .reconnecting: .reconnecting
        case .ended: .over
        }
    }

    public var isOver: Bool { stage == .over }
    public var wasConnected: Bool { snapshot.connectedSince != nil }

    /// The line below the name.
    public var stateText: String {
        switch stage {
        case .ringing: tr("Incoming call")
        case .calling: tr("Calling…")
        case .connecting: tr("Connecting…")
        case .running: CallWords.duration(seconds)
        case .reconnecting: tr("Reconnecting…")
        case .over: endText
        }
    }

    private var endText: String {
        guard let reason = snapshot.endReason else { return "" }
        let words = CallWords.end(reason, of: direction, wasConnected: wasConnected)
        return wasConnected ? tr("{reason} · {duration}", ["reason": words, "duration": durationText]) : words
    }

    /// "In a call with Maria · 03:12", for the main window.
    public var barText: String {
        let text =
            switch stage {
            case .ringing: tr("{name} is calling", ["name": name.isolated])
            case .calling, .connecting: tr("Calling {name}", ["name": name.isolated])
            case .running, .reconnecting, .over: tr("In a call with {name}", ["name": name.isolated])
            }
        return stage == .running ? tr("{call} · {duration}", ["call": text, "duration": durationText]) : text
    }

    public var durationText: String { CallWords.duration(seconds) }

    /// Who learns which address by this call.
    public var addressText: String? {
        knownMode.map { CallWords.address($0, name: name.isolated) }
    }

    public var isRelayOnly: Bool { knownMode == .relayOnly }

    private var knownMode: CallMode? {
        // While it rings nothing was decided yet; afterwards the call itself knows.
        if stage == .ringing || stage == .over { return mode }
        return snapshot.isRelayOnly ? .relayOnly : .direct
    }

    // MARK: What can be done

    public var canAnswer: Bool { stage == .ringing }
    /// The microphone can be muted before anybody answered.
    public var hasControls: Bool { stage != .ringing && stage != .over }
    public var isMuted: Bool { snapshot.isMuted }
    public var isCameraOn: Bool { snapshot.isCameraOn }
    public var isSharing: Bool { snapshot.isSharingScreen && hasControls }
    public var showsPicture: Bool { snapshot.hasPicture && (stage == .running || stage == .reconnecting) }
    /// Something moves on the screen, so the machine should not fall asleep.
    public var isVideoCall: Bool { hasControls && (showsPicture || isCameraOn || isSharing) }
    /// Nobody was reached, or the line broke: trying again makes sense, and the window waits for the decision.
    public var offersAnotherCall: Bool {
        guard let reason = snapshot.endReason else { return false }
        return switch reason {
        case .answeredElsewhere, .declinedElsewhere, .replaced: false
        case .hungUpHere, .hungUpThere, .unanswered, .declinedThere: direction == .outgoing || wasConnected
        case .notConnected, .connectionLost, .notSent, .unusable, .media: true
        }
    }
    /// The words at the end go by themselves after an ordinary end.
    public var closesBySelf: Bool {
        switch snapshot.endReason {
        case .hungUpHere, .hungUpThere, .answeredElsewhere, .declinedElsewhere, .replaced: true
        case .unanswered: direction == .incoming
        default: false
        }
    }
    /// Nothing is left to be read: the person declined, or the caller gave up and a line in the conversation says so.
    private var isOverAtOnce: Bool {
        guard !wasConnected else { return false }
        return switch snapshot.endReason {
        case .hungUpHere, .replaced: true
        case .hungUpThere, .unanswered: direction == .incoming
        default: false
        }
    }

    public func answer(withVideo: Bool) async {
        guard canAnswer else { return }
        isAnswering = true
        do { try await actions.answer(withVideo) } catch {
            isAnswering = false
            notice = Notice(error)
        }
    }

    public func decline() async {
        guard stage == .ringing else { return }
        await actions.decline()
    }

    /// Declines, and says why.
    public func decline(saying text: String) async {
        guard stage == .ringing, !text.trimmed.isEmpty else { return }
        await actions.decline()
        do { try await actions.say(text.trimmed, peer) } catch { notice = Notice(error) }
    }

    /// What one says quickly instead of answering.
    public static var quickReplies: [String] {
        [tr("I will call you back."), tr("I cannot talk now. Please write."), tr("I am on my way.")]
    }

    public func hangUp() async {
        guard !isOver else { return dismiss() }
        await actions.hangUp()
    }

    public func setMuted(_ isMuted: Bool) async {
        guard hasControls, isMuted != self.isMuted else { return }
        await actions.setMuted(isMuted)
    }

    public func toggleMuted() async { await setMuted(!isMuted) }

    public func setCamera(_ isOn: Bool) async {
        guard hasControls, isOn != isCameraOn else { return }
        poorSince = nil
        await actions.setCamera(isOn)
    }

    /// The microphone is open while a key is held; only where it is muted.
    public func holdToTalk(_ isHeld: Bool) async {
        if isHeld, isMuted, !isTalkingWhileHeld {
            isTalkingWhileHeld = true
            await setMuted(false)
        } else if !isHeld, isTalkingWhileHeld {
            isTalkingWhileHeld = false
            await setMuted(true)
        }
    }

    /// Its reader is done with it.
    public func dismiss() {
        guard isOver, !isDismissed else { return }
        isDismissed = true
        dismissed()
    }

    // MARK: Time

    /// Follows the call until its windows can go, or the calling task is cancelled.
    func run() async {
        do { mode = try await actions.mode(peer) } catch { notice = Notice(error) }
        while !isOver {
            do { try await surroundings.sleep(.seconds(1)) } catch { return }
            count()
            if stage == .running { await measure() }
        }
        guard !isOverAtOnce else { return dismiss() }
        guard closesBySelf else { return }
        do { try await surroundings.sleep(Self.readingTime) } catch { return }
        dismiss()
    }

    private func count() {
        guard snapshot.connectedSince != nil, !isOver else { return }
        let start = startedAt ?? surroundings.now()
        startedAt = start
        let fresh = max(0, Int(surroundings.now().timeIntervalSince(start).rounded(.down)))
        if fresh != seconds { seconds = fresh }
    }
}
