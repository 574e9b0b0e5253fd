public import Observation

/// A problem in the background, said in a bar above everything.
public nonisolated struct Banner: Equatable, Sendable {
    public enum Kind: Int, Comparable, Sendable {
        // In the order of urgency.
        case clock, offline, name, phrase

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
    public enum Role: Sendable { case alert, status }

    public let kind: Kind
    public let text: String
    /// The label of the button that helps, when one does.
    public let action: String?

    public var role: Role { kind >= .name ? .status : .alert }
}

/// Shows one banner at a time, the most urgent one: clock, network, missing name, recovery phrase.
@Observable
public final class BannerModel {
    /// A clock that is off by less is not worth a word.
    public nonisolated static let toleratedClockOffset = Duration.seconds(120)

    /// How far this device's clock is from the network's; `nil` while nobody knows.
    public var clockOffset: Duration? { didSet { if minutesOff == nil { isClockDismissed = false } } }
    public var isOffline = false
    /// The account came back without a profile, and nobody has said what contacts should call it.
    public var isNameMissing = false
    /// `nil` until the account was read: no banner is shown on a guess.
    public var isPhraseSaved: Bool?
    private var isClockDismissed = false
    private var isPhraseDismissed = false

    public init() {}

    public var banner: Banner? {
        if let minutes = minutesOff, !isClockDismissed {
            return Banner(
                kind: .clock,
                text: trn(
                    "Your clock is {n} minute off. Messages are still sent, but times may look wrong.",
                    "Your clock is {n} minutes off. Messages are still sent, but times may look wrong.", minutes),
                action: tr("Hide"))
        }
        if isOffline {
            return Banner(kind: .offline, text: tr("No connection. Messages you send will wait here."), action: nil)
        }
        if isNameMissing {
            return Banner(
                kind: .name, text: tr("Your profile was not found yet. What should your contacts call you?"),
                action: tr("Choose a Name"))
        }
        if isPhraseSaved == false, !isPhraseDismissed {
            return Banner(
                kind: .phrase,
                text: tr("Your recovery phrase is the only way back into this account. Save it now."),
                action: tr("Save Recovery Phrase"))
        }
        return nil
    }

    /// Hides the banner until the next start. A banner about the network goes when the network is back, one
    /// about the name when there is one.
    public func dismiss(_ kind: Banner.Kind) {
        switch kind {
        case .clock: isClockDismissed = true
        case .phrase: isPhraseDismissed = true
        case .offline, .name: break
        }
    }

    private var minutesOff: Int? {
        guard let clockOffset else { return nil }
        let offset = clockOffset < .zero ? .zero - clockOffset : clockOffset
        guard offset > Self.toleratedClockOffset else { return nil }
        return Int((Double(offset.components.seconds) / 60).rounded())
    }
}
