import GtkKit
import ShallotModels
import ShallotStore

/// What can be done with one message: copy, details, delete here, and try again when it failed.
final class MessageMenu {
    private let model: ConversationModel
    private weak var window: MainController?
    private let group = ActionGroup()
    private var target: MessageRow?
    /// The other side is to be called, with video or without.
    var call: (_ withVideo: Bool) -> Void = { _ in }
    /// More or less of a long message is wanted.
    var fold: (MessageRow) -> Void = { _ in }
    /// The keyboard goes back to the composer after a deletion.
    var deleted: () -> Void = {}

    init(model: ConversationModel, window: MainController, anchor: Widget) {
        (self.model, self.window) = (model, window)
        add("copy") { $0.copy($1) }
        add("details") { $0.showDetails($1) }
        add("fold") { $0.fold($1) }
        add("delete") { $0.delete($1) }
        add("retry") { $0.retry($1) }
        add("call") { menu, _ in menu.call(false) }
        add("video-call") { menu, _ in menu.call(true) }
        anchor.insertActions(group, prefix: "message")
    }

    private func add(_ name: String, _ body: @escaping (MessageMenu, MessageRow) -> Void) {
        group.add(
            Action(name) { [weak self] in
                if let self, let target { body(self, target) }
            })
    }

    func open(for row: MessageRow, at anchor: Widget, place: (x: Double, y: Double)?) {
        guard let bubble = row.bubble else { return }
        target = row
        let menu = Menu()
        if case .failed = bubble.status { menu.append(tr("Try Again"), action: "message.retry") }
        if let fold = bubble.fold { menu.append(fold.action, action: "message.fold") }
        menu.append(tr("Copy"), action: "message.copy")
        menu.append(tr("Details"), action: "message.details")
        let ending = Menu()
        ending.append(tr("Delete for Me"), action: "message.delete")
        menu.appendSection(ending)
        PopoverMenu.open(menu, at: anchor, x: place?.x, y: place?.y)
    }

    /// The short menu of a message that was not sent.
    func openFailed(for row: MessageRow, at anchor: Widget) {
        target = row
        let menu = Menu()
        menu.append(tr("Try Again"), action: "message.retry")
        menu.append(tr("Delete"), action: "message.delete")
        menu.append(tr("Details"), action: "message.details")
        PopoverMenu.open(menu, at: anchor)
    }

    /// What can be done about a call.
    func openCall(for row: MessageRow, at anchor: Widget) {
        target = row
        let menu = Menu()
        if model.header?.canBeCalled == true, model.header?.isBlocked != true {
            menu.append(row.call?.symbol == .outgoing ? tr("Call Again") : tr("Call Back"), action: "message.call")
            menu.append(tr("Video Call"), action: "message.video-call")
        }
        let ending = Menu()
        ending.append(tr("Delete for Me"), action: "message.delete")
        menu.appendSection(ending)
        PopoverMenu.open(menu, at: anchor)
    }

    /// A key on a message that has the keyboard.
    func pressed(_ key: Key, on row: MessageRow) -> Bool {
        switch key.symbol {
        case .character("c") where !key.isAlt && !key.isShift: copy(row)
        case .character("d") where key.isPlain: showDetails(row)
        case .delete where key.isPlain: delete(row)
        default: return false
        }
        return true
    }

    private func copy(_ row: MessageRow) {
        guard let text = row.bubble?.text else { return }
        Clipboard.copy(text)
        window?.say(tr("Message copied"))
    }

    private func showDetails(_ row: MessageRow) {
        guard let id = row.messageID, let details = model.details(of: id) else { return }
        MessageDetailsWindow.present(details, over: window?.window)
    }

    private func delete(_ row: MessageRow) {
        guard let id = row.messageID else { return }
        deleted()
        Task { [model] in await model.deleteForMe([id]) }
    }

    private func retry(_ row: MessageRow) {
        guard let id = row.messageID else { return }
        Task { [model] in await model.retry(id) }
    }
}
