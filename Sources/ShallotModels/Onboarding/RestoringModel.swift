import Foundation
public import Observation
import SessionNetwork
public import ShallotCore
public import ShallotStore

/// The page of a restored account while everything that waits for it is fetched: numbers that grow, from what is really
/// there.
@Observable
public final class RestoringModel {
    /// After this without a profile a name is asked for.
    /// - Source: identity-and-messages.md §7
    public nonisolated static let nameDelay = Duration.seconds(15)

    private static let pauseAfterFailure = Duration.seconds(2)

    public private(set) var counts = RestoredCounts()
    public private(set) var progress: RestoreProgress?
    public private(set) var network: NetworkSummary
    public private(set) var asksForName = false
    public var name = "" { didSet { if name != oldValue { nameNotice = nil } } }
    /// Why the name cannot be used.
    private var nameNotice: Notice?
    /// What went wrong when somebody pressed a button.
    public private(set) var notice: Notice?
    /// What is wrong with reading how far it is; it stays until that works again.
    private(set) var readingNotice: Notice?

    private let messenger: Messenger
    private let surroundings: Surroundings
    private let open: () async -> Void
    private let cancelled: () async throws -> Void
    @ObservationIgnored private var isLeft = false

    /// - Parameters:
    ///   - open: shows the conversations; loading goes on behind.
    ///   - cancelled: forgets the account on this device.
    public init(
        messenger: Messenger, surroundings: Surroundings = Surroundings(), open: @escaping () async -> Void,
        cancelled: @escaping () async throws -> Void
    ) {
        (self.messenger, self.surroundings) = (messenger, surroundings)
        (self.open, self.cancelled) = (open, cancelled)
        network = NetworkSummary(messenger.network.status)
    }

    /// Connects and follows what arrives until the calling task is cancelled.
    public func run() async {
        let events = messenger.events()
        await messenger.start()
        await messenger.setFocused(true)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.followCounts() }
            group.addTask { await self.follow(events) }
            group.addTask { await self.waitForName() }
        }
    }

    func followCounts() async {
        while !Task.isCancelled {
            do {
                for try await fresh in messenger.restoredCounts() {
                    (counts, readingNotice) = (fresh, nil)
                    if fresh.name != nil { asksForName = false }
                }
                return
            } catch {
                readingNotice = Notice(error)
                do { try await surroundings.sleep(Self.pauseAfterFailure) } catch { return }  // the page is gone
            }
        }
    }

    private func follow(_ events: AsyncStream<MessengerEvent>) async {
        for await event in events {
            switch event {
            case .networkStatus(let status): network = NetworkSummary(status)
            case .polled:
                await readProgress()
            default: break
            }
        }
    }

    private func readProgress() async {
        do {
            progress = try await messenger.restoreProgress()
            readingNotice = nil
        } catch { readingNotice = Notice(error) }
    }

    private func waitForName() async {
        do { try await surroundings.sleep(Self.nameDelay) } catch { return }
        asksForName = counts.name == nil
    }

    // MARK: What the page says

    public var profileText: String { counts.name?.isolated ?? tr("not found yet") }
    public var contactsText: String { counts.contacts.formatted() }
    public var groupsText: String { counts.groups.formatted() }
    public var communitiesText: String { counts.communities.formatted() }
    public var messagesText: String { counts.messages.formatted() }

    /// All that was on the network is here.
    public var isComplete: Bool { progress?.isComplete ?? false }

    /// How it goes, in a sentence.
    public var statusText: String {
        if let readingNotice { return readingNotice.text }
        if isComplete, progress?.foundNothing == true {
            // Somebody may have written meanwhile, and a name may have been given here.
            return counts.messages == 0
                ? tr(
                    "Nothing is on the network any more. What devices share goes away 30 days after the last of them was used."
                )
                : tr(
                    "Only messages are on the network. Profile, contacts and groups have expired: what devices share goes away 30 days after the last of them was used."
                )
        }
        if isComplete { return tr("Everything that was on the network is here.") }
        return switch network.level {
        case .offline: tr("You are offline. Loading goes on when you are back.")
        case .connecting: tr("Connecting…")
        case .onePath, .ready: tr("Fetching…")
        }
    }

    /// Always visible: what a recovery phrase brings back.
    public var footnote: String { RestoreModel.footnote }

    // MARK: The name

    public var counter: String? { NameCheck.counter(name) }
    public var nameProblem: String? {
        NameCheck(name) == .empty ? nameNotice?.text : NameCheck(name).problem ?? nameNotice?.text
    }

    /// Uses the name for now. If a profile arrives later, that is used instead.
    public func submitName() async {
        guard NameCheck(name) == .fits else {
            if NameCheck(name) == .empty { nameNotice = Notice(AccountError.nameMissing) }
            return
        }
        do { try await messenger.proposeDisplayName(name.trimmed) } catch { nameNotice = Notice(error) }
    }

    // MARK: Ways on

    public func openNow() async {
        guard !isLeft else { return }
        isLeft = true
        await open()
    }

    /// Back to Welcome. What is on the network stays there.
    public func cancel() async {
        guard !isLeft else { return }
        isLeft = true
        notice = nil
        do { try await cancelled() } catch {
            isLeft = false
            notice = Notice(error)
        }
    }
}
