import SessionWire
import ShallotCore

extension MainModel {
    /// Lets the windows of calls know, and says what notifications follow.
    func callSteps(after event: MessengerEvent) -> [NotificationStep] {
        switch event {
        case .call(let snapshot):
            calls.take(snapshot)
            let hidden = planner.screen(isShared: calls.call?.showsScreen ?? false)
            let conversation = ConversationID.account(snapshot.peer)
            guard snapshot.isRingingHere, !list.mutedConversations.contains(conversation) else {
                return hidden + planner.ringingEnded(conversation)
            }
            return hidden + planner.rings(conversation, name: name(of: snapshot.peer))
        case .callMissed(let person):
            calls.missed(person)
            return calls.areOn ? missed(person, areCallsOff: false) : []
        case .calledWhileOff(let person): return missed(person, areCallsOff: true)
        default: return []
        }
    }

    private func missed(_ person: AccountID, areCallsOff: Bool) -> [NotificationStep] {
        let conversation = ConversationID.account(person)
        guard conversation != focusedConversation, !list.mutedConversations.contains(conversation) else { return [] }
        return planner.callMissed(conversation, name: name(of: person), areCallsOff: areCallsOff)
    }

    private func name(of person: AccountID) -> String { list.row(.account(person))?.title ?? person.shortened }

    // MARK: What people do with notifications of calls

    public func answerCall(notification token: String) async {
        guard isRinging(token) else { return }
        await calls.call?.answer(withVideo: false)
    }

    public func declineCall(notification token: String) async {
        guard isRinging(token) else { return }
        await calls.call?.decline()
    }

    /// Whether the notification speaks of the call that rings now.
    public func isRinging(_ token: String) -> Bool {
        guard let call = calls.call, call.stage == .ringing, planner.isCall(token) else { return false }
        return target(ofNotification: token) == .conversation(.account(call.peer))
    }

    public func callBack(notification token: String) async {
        guard case .conversation(let id) = target(ofNotification: token), let person = id.accountID else { return }
        await calls.place(person, withVideo: false)
    }
}
