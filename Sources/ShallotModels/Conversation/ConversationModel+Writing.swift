import Foundation
import SessionWire
import ShallotCore
public import ShallotStore

extension ConversationModel {
    public var composer: ComposerState {
        guard let header else { return .closed(reason: "", canUnblock: false) }
        if header.membership != nil {
            return .closed(reason: tr("Messages cannot be read or written here yet."), canUnblock: false)
        }
        if header.isBlocked {
            return .closed(reason: tr("You blocked {name}.", ["name": header.title.isolated]), canUnblock: true)
        }
        if header.isRequest {
            return .writing(
                note: tr(
                    "{name} is not in your contacts. If you reply or accept, they learn that your account is active.",
                    ["name": header.title.isolated]))
        }
        return .writing(note: nil)
    }

    /// What stands in a conversation without messages.
    public var emptyHint: String {
        if let membership = header?.membership { return membership.text }
        return header?.isNoteToSelf == true
            ? tr("What you write here reaches all devices of your account, and nobody else.")
            : tr("Write the first message below.")
    }

    /// The words above it.
    public var emptyTitle: String { header?.membership?.title ?? tr("No messages yet") }

    public var counter: LimitCounter? { LimitCounter(text: draft) }

    /// The text is over the limit, but not so far that it makes no sense to split it.
    public var canSplit: Bool {
        guard case .writing = composer, let counter else { return false }
        return counter.isOver && counter.parts > 0
    }

    public var canSend: Bool {
        guard case .writing = composer else { return false }
        return !draft.trimmed.isEmpty && counter?.isOver != true
    }

    /// "Message" or what is said to a screen reader about the field.
    public var placeholder: String { tr("Message") }

    /// Sends the draft. The field is empty at once; the text comes back if it could not even be written down.
    public func send() async {
        guard canSend else { return }
        await send([draft.trimmed])
    }

    /// Sends a text over the limit as several messages.
    public func sendInParts() async {
        guard canSplit else { return }
        await send(TextParts.split(draft))
    }

    private func send(_ texts: [String]) async {
        let text = draft
        keeper.forget()
        setSilently(draft: "")
        isFollowing = true
        let before = sendTurn
        let task = Task {
            await before?.value
            await self.keeper.settle()
            for (index, part) in texts.enumerated() {
                do { _ = try await self.messenger.send(part, to: self.id) } catch {
                    let rest = index == 0 ? text : texts[index...].joined(separator: "\n")
                    self.draft = self.draft.isEmpty ? rest : rest + "\n" + self.draft
                    self.notice = Notice(error)
                    return
                }
            }
            // Sending emptied the stored draft; what was typed meanwhile is written again.
            if !self.draft.isEmpty { self.keeper.changed(to: self.draft) }
        }
        sendTurn = task
        await task.value
        await showNewest()
        markSeen()
    }

    /// Sends a failed message again.
    public func retry(_ message: MessageID) async {
        await perform { try await $0.retry(message) }
    }

    /// Takes a message off this device, after ten seconds in which it can be taken back.
    public func deleteForMe(_ messages: [MessageID]) async {
        let messages = Set(messages)
        hidden.formUnion(messages)
        rebuild()
        await undo.offer(
            trn("Message deleted", "{n} messages deleted", messages.count),
            takeBack: { [weak self] in
                self?.hidden.subtract(messages)
                self?.rebuild()
            },
            perform: { [weak self, messenger] in
                do { try await messenger.deleteMessages(Array(messages)) } catch {
                    self?.hidden.subtract(messages)
                    self?.rebuild()
                    self?.notice = Notice(error)
                }
            })
    }

    /// The plain text of messages, oldest first, for the clipboard.
    public func text(of messages: Set<MessageID>) -> String {
        window.records.filter { messages.contains($0.id) && $0.isBubble }.map(\.body).joined(separator: "\n")
    }

    public func unblock() async {
        guard let account = id.accountID else { return }
        await perform { try await $0.setBlocked(false, account) }
    }

    public func acceptRequest() async { await perform { [id] in try await $0.acceptRequest(id) } }
}
