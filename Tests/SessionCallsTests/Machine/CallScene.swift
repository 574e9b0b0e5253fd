import Foundation
import SessionCalls
import SessionWire

/// A machine with the people around it and a clock that only the test moves.
struct CallScene {
    static let ana = person(1)
    static let ben = person(2)
    static let open = CallGate(isBlocked: false, isApproved: true, didApproveUs: true, areCallsOn: true)
    /// Three calls, in the order of their names.
    static let (low, mine, high) = (name("1"), name("5"), name("9"))

    var machine = CallMachine()
    var now = Date(timeIntervalSince1970: 1_775_000_000)
    /// The actions of the last event.
    var done: [CallAction] = []

    init(_ events: CallEvent...) { for event in events { send(event) } }

    mutating func send(_ event: CallEvent) { done = machine.handle(event, at: now) }

    /// Lets time pass without looking at the clock in between.
    mutating func wait(_ seconds: TimeInterval) {
        now += seconds
        send(.tick)
    }

    /// Lets time pass and wakes the machine whenever it asks for it, as its owner does.
    mutating func run(_ seconds: TimeInterval) -> [CallAction] {
        let end = now + seconds
        var all: [CallAction] = []
        while let deadline = machine.nextDeadline, deadline <= end {
            now = max(now, deadline)
            send(.tick)
            all += done
        }
        now = end
        return all
    }

    /// A call message of `peer`, sent now unless said otherwise.
    func heard(
        _ signal: CallSignal, _ id: CallID = mine, from peer: AccountID = ana, age: TimeInterval = 0,
        gate: CallGate = open
    ) -> CallEvent {
        .received(signal, id, from: peer, sent: now - age, gate: gate)
    }

    var phase: Call.Phase? { machine.call?.phase }
    /// The words for what was just done.
    var summary: String { done.map(\.word).joined(separator: " ") }

    private static func person(_ number: UInt8) -> AccountID {
        guard let id = AccountID(publicKey: [UInt8](repeating: number, count: 32)) else { preconditionFailure() }
        return id
    }

    private static func name(_ digit: Character) -> CallID {
        guard let id = CallID("\(digit)0000000-0000-4000-8000-000000000000") else { preconditionFailure() }
        return id
    }
}

/// Descriptions and candidates that are as short as they may be.
enum Sample {
    static let offer = description(fragment: "offr")
    static let answer = description(fragment: "answ")
    static let newOffer = description(fragment: "new1")
    static let newAnswer = description(fragment: "new2")
    static let otherCertificate = description(fragment: "new3", certificate: "0B")

    static func description(fragment: String, certificate: String = "0A") -> String {
        [
            "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0",
            "a=fingerprint:sha-256 " + Array(repeating: certificate, count: 32).joined(separator: ":"),
            "m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=mid:0", "a=ice-ufrag:\(fragment)",
            "a=ice-pwd:0123456789abcdefghijklmn", "a=rtpmap:111 opus/48000/2",
        ].map { $0 + "\r\n" }.joined()
    }

    static func candidates(_ numbers: ClosedRange<Int>, fragment: String? = nil) -> [ICECandidate] {
        numbers.compactMap { number in
            let suffix = fragment.map { " ufrag \($0)" } ?? ""
            return ICECandidate(
                "candidate:\(number) 1 udp 1 10.0.0.2 \(number) typ host\(suffix)", mediaID: "0", mediaIndex: 0)
        }
    }
}

extension CallAction {
    /// One word for each action, with what tells it from others.
    var word: String {
        switch self {
        case .send(let signal, _, _, let copied): "send-\(signal.kind)\(copied ? "+self" : "")"
        case .ring: "ring"
        case .ringBack: "ring-back"
        case .silence: "silence"
        case .startOffering: "make-offer"
        case .startAnswering: "make-answer"
        case .applyAnswer: "apply-answer"
        case .applyOffer: "apply-offer"
        case .restartICE: "restart-ice"
        case .addCandidates(let candidates): "add-\(candidates.count)"
        case .stopMedia: "stop-media"
        case .hangUpOverChannel: "channel-hangup"
        case .record(let record): "row-\(record.outcome)\(record.isRead ? "" : "!")"
        case .continueRecord: "move-row"
        case .remember(_, let verdict, _): "remember-\(verdict)"
        case .tellCallsAreOff: "calls-off"
        }
    }
}
