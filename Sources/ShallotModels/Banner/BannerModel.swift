import Foundation
public import Observation

/// A problem in the background, said in a bar above everything.
public nonisolated struct Banner: Equatable, Sendable {
    public enum Kind: Int, Comparable, Sendable {
        // In the order of urgency.
        case storage, clock, offline, name, phrase, tooLong, newerFormat

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
    public enum Role: Sendable { case alert, status }

    public let kind: Kind
    public let text: String
    /// The label of the button that helps, when one does.
    public let action: String?

    public var role: Role { kind < .name ? .alert : .status }
}

/// Shows one banner at a time, the most urgent one: storage, clock, network, missing name, recovery phrase, what has
/// outgrown the network, newer format.
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
    /// Why the database does not take what the network brings; `nil` while it does.
    public private(set) var storageTrouble: StorageTrouble?
    /// Which of the things that the account's devices share are too long to be stored on the network.
    public var tooLong: Set<String> = [] { didSet { if tooLong.isEmpty { isTooLongDismissed = false } } }
    /// Somebody wrote in a format that this version does not read, and nobody was told yet.
    public var hasNewerFormat = false
    private var isClockDismissed = false
    private var isPhraseDismissed = false
    private var isTooLongDismissed = false
    @ObservationIgnored private var lastFailure = Date.distantPast

    public enum StorageTrouble: Equatable, Sendable { case full, other }
    /// What could not be finished is tried again sooner than that; a poll that brought nothing in between proves nothing.
    nonisolated static let quietAfterFailure: TimeInterval = 10

    public init() {}

    /// The database did not take something.
    func storageFailed(_ trouble: StorageTrouble, at time: Date) {
        (storageTrouble, lastFailure) = (trouble, time)
    }

    /// The network was asked, and what it had is kept.
    func polled(at time: Date) {
        guard storageTrouble != nil, abs(time.timeIntervalSince(lastFailure)) >= Self.quietAfterFailure else { return }
        storageTrouble = nil
    }

    public var banner: Banner? {
        if let storageTrouble { return Banner(kind: .storage, text: storageTrouble.words, action: nil) }
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
        if !tooLong.isEmpty, !isTooLongDismissed {
            return Banner(
                kind: .tooLong,
                text: tr(
                    "Too many contacts, groups or conversations: changes do not reach your other devices. Delete some."
                ),
                action: tr("Hide"))
        }
        if hasNewerFormat {
            return Banner(
                kind: .newerFormat,
                text: tr("Somebody wrote to you in a newer message format, which needs a newer version of Shallot."),
                action: tr("Hide"))
        }
        return nil
    }

    /// Hides the banner until the next start. One about the network or the disk goes when that works again, one
    /// about the name when there is one.
    public func dismiss(_ kind: Banner.Kind) {
        switch kind {
        case .clock: isClockDismissed = true
        case .phrase: isPhraseDismissed = true
        case .tooLong: isTooLongDismissed = true
        case .newerFormat: hasNewerFormat = false
        case .storage, .offline, .name: break
        }
    }

    private var minutesOff: Int? {
        guard let clockOffset else { return nil }
        let offset = clockOffset < .zero ? .zero - clockOffset : clockOffset
        guard offset > Self.toleratedClockOffset else { return nil }
        return Int((Double(offset.components.seconds) / 60).rounded())
    }
}

extension BannerModel.StorageTrouble {
    fileprivate nonisolated var words: String {
        switch self {
        case .full: tr("The disk is full. New messages cannot be saved; they come again when there is room.")
        case .other: tr("New messages cannot be saved on this device. Shallot keeps trying.")
        }
    }
}
