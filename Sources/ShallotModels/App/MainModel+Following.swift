import Foundation
import Observation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

extension MainModel {
    /// Turns what happened into notifications: of what happened together, only the last state is shown.
    func followEvents() async {
        await Batches.forEach(of: messenger.events()) { batch in
            planner.isOn = settings.notificationsOn
            planner.content = settings.notificationContent
            let context = NotificationRequest.Context(own: accountID, focused: focusedConversation, isMuted: mutedNow())
            var steps: [NotificationStep] = []
            noteTroubles(batch)
            countArrivals(batch)
            for event in batch {
                steps += NotificationRequest.decide(event, context).map(notificationSteps) ?? callSteps(after: event)
            }
            NotificationStep.latest(of: steps).forEach(dependencies.notify)
        }
    }

    /// What a person has to know although no message shows it.
    func noteTroubles(_ batch: [MessengerEvent]) {
        for event in batch {
            switch event {
            case .storageFailed(let reason):
                let isFull = reason == StoreError.diskFull.description
                banner.storageFailed(isFull ? .full : .other, at: dependencies.surroundings.now())
            case .polled: banner.polled(at: dependencies.surroundings.now())
            case .configTooLong(let kind): banner.tooLong.insert(kind)
            case .configFits(let kind): banner.tooLong.remove(kind)
            case .newerFormatSeen: if !settings.knowsNewerFormat { banner.hasNewerFormat = true }
            default: break
            }
        }
    }

    /// Hides a banner, for good if it is said once only.
    public func dismiss(_ kind: Banner.Kind) {
        if kind == .newerFormat { settings.knowsNewerFormat = true }
        banner.dismiss(kind)
    }

    /// Counts what comes until nothing more waits, for the row above the list.
    func countArrivals(_ batch: [MessengerEvent]) {
        var count = arrivals
        for event in batch {
            switch event {
            case .messageReceived, .messageRestored, .requestReceived, .requestRestored: count += 1
            case .polled: count = 0
            default: break
            }
        }
        guard count != arrivals else { return }
        arrivals = count
    }

    private func notificationSteps(for request: NotificationRequest) -> [NotificationStep] {
        switch request {
        case .message(let conversation, _, let name, let text):
            planner.received(
                NotificationPlanner.Incoming(
                    conversation: conversation, name: name, text: text, isMuted: false, isInFront: false))
        case .messageRequest: planner.requestReceived(isInFront: isActive && isRequestsVisible)
        }
    }

    var focusedConversation: ConversationID? { isActive && isConversationVisible ? conversation?.id : nil }

    private func mutedNow() -> @Sendable (ConversationID) -> Bool {
        let muted = list.mutedConversations
        return { muted.contains($0) }
    }

    /// Takes away the notification of a conversation that was read, here or on another device.
    func followReading() async {
        for await unread in Observations({ self.list.unreadConversations }) {
            for conversation in planner.shownConversations where !unread.contains(conversation) {
                // The list may be older than the message that is shown: the database decides.
                guard await isRead(conversation) else { continue }
                planner.read(conversation).forEach(dependencies.notify)
            }
        }
    }

    private func isRead(_ conversation: ConversationID) async -> Bool {
        do {
            return try await messenger.store.conversation(conversation)?.conversation.unreadCount ?? 0 == 0
        } catch { return false }  // unreadable now: the notification stays
    }

    /// Name and picture change here, on other devices, and when a profile arrives late.
    func followAccount() async {
        do {
            for try await fresh in messenger.store.accountObservation() {
                guard let fresh, fresh != account else { continue }
                account = fresh
                if !fresh.displayName.isEmpty { banner.isNameMissing = false }
            }
        } catch { notice = Notice(error) }
    }

    /// Asks for a name when none arrives: the page of the restore, which asks too, may be gone.
    /// - Source: identity-and-messages.md §7
    func askForName() async {
        guard account.displayName.isEmpty else { return }
        do { try await dependencies.surroundings.sleep(RestoringModel.nameDelay) } catch { return }  // cancelled
        banner.isNameMissing = account.displayName.isEmpty
    }

    func followNetwork() async {
        show(messenger.network.status)
        for await status in messenger.network.statusUpdates() { show(status) }
    }

    private func show(_ status: NetworkStatus) {
        let fresh = NetworkSummary(status)
        if fresh != network { network = fresh }
        // A cable may lead nowhere: what failed while no path stands is no connection either.
        let isOffline = fresh.level == .offline || (status.phase == .connecting && status.lastError != nil)
        if banner.isOffline != isOffline { banner.isOffline = isOffline }
        if banner.clockOffset != status.clockOffset { banner.clockOffset = status.clockOffset }
    }

    /// Writes times again when a day begins.
    func followDays() async {
        let surroundings = dependencies.surroundings
        while !Task.isCancelled {
            let now = surroundings.now()
            let pause = max(1, surroundings.times.texts.nextDay(after: now).timeIntervalSince(now))
            do { try await surroundings.sleep(.seconds(pause)) } catch { return }  // the window is gone
            await writeTimesAgain()
        }
    }

    /// Writes all times on the screen anew.
    func writeTimesAgain() async {
        await list.refreshTexts()
        await requests.refreshTexts()
        await conversation?.refreshTexts()
    }
}
