import GtkKit
import ShallotModels

/// Questions before something that cannot be taken back. The safe answer is the default, Escape gives it.
final class ConversationDialogs {
    private let window: Window
    init(window: Window) { self.window = window }

    func block(_ name: String, _ act: @escaping () -> Void) {
        ask(
            tr("Block {name}?", ["name": name.isolated]),
            tr("Their messages will not arrive any more. They are not told."), verb: tr("Block"), act)
    }

    func clearMessages(_ name: String, _ act: @escaping () -> Void) {
        ask(
            tr("Clear Messages with {name}?", ["name": name.isolated]),
            tr(
                "All messages of this conversation are deleted from this device. {name} keeps theirs.",
                ["name": name.isolated]),
            verb: tr("Clear Messages"), act)
    }

    func deleteConversation(_ name: String, _ act: @escaping () -> Void) {
        ask(
            tr("Delete the Conversation with {name}?", ["name": name.isolated]),
            tr("It goes from this device with all its messages. The contact stays."), verb: tr("Delete Conversation"),
            act)
    }

    func deleteContact(_ name: String, _ act: @escaping () -> Void) {
        ask(
            tr("Delete the Contact {name}?", ["name": name.isolated]),
            tr("The contact and the conversation go from this device. If they write again, it is a message request."),
            verb: tr("Delete Contact"), act)
    }

    func clearRequests(_ act: @escaping () -> Void) {
        ask(
            tr("Clear All Message Requests?"), tr("Nobody is told. Whoever writes again makes a new request."),
            verb: tr("Clear All"), act)
    }

    /// Asks for a nickname; an empty one goes back to the person's own name.
    func nickname(of name: String, _ act: @escaping (String) -> Void) {
        let dialog = MessageDialog(
            parent: window, heading: tr("Set Nickname"),
            body: tr("Only you see the nickname. Leave it empty to see the name that they chose."))
        let entry = Entry()
        entry.name = "nickname.text"
        entry.setAccessibleLabel(tr("Nickname"))
        entry.placeholder = name
        entry.setActivatesDefault(true)
        dialog.setExtraChild(entry)
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("set", tr("Set Nickname"), .suggested)
        dialog.setDefault("set")
        dialog.setClose("cancel")
        dialog.present { [weak entry] response in if response == "set", let entry { act(entry.text) } }
        entry.grabFocus()
    }

    private func ask(_ heading: String, _ body: String, verb: String, _ act: @escaping () -> Void) {
        let dialog = MessageDialog(parent: window, heading: heading, body: body)
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("act", verb, .destructive)
        dialog.setDefault("cancel")
        dialog.setClose("cancel")
        dialog.present { if $0 == "act" { act() } }
    }
}
