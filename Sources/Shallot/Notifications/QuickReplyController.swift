import GtkKit
import ShallotModels

/// The small window in which one answers a notification.
final class QuickReplyController {
    let window: AdwaitaWindow
    private let model: QuickReplyModel
    private let bindings = Bindings()

    init(model: QuickReplyModel, enterSends: Bool, application: Application) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Notifications/quick-reply.ui")
        window = ui("window")
        let title: WindowTitle = ui("title")
        let text: TextView = ui("text")
        let send: Button = ui("send_button")
        let notice: Label = ui("notice")
        window.title = tr("Reply to {name}", ["name": model.name.isolated])
        window.setApplication(application)
        window.closesOnEscape()
        window.watchForLeaks()
        title.title = model.name
        text.setAccessibleLabel(tr("Reply to {name}", ["name": model.name.isolated]))
        text.onChanged { [weak model] in model?.draft = $0 }
        text.onKey { [weak model] key in
            guard key.symbol == .enter, key.isControl || key.isPlain && enterSends else { return false }
            Task { await model?.send() }
            return true
        }
        send.onClicked { [weak model] in Task { await model?.send() } }
        bindings.follow({ model.canSend }) { send.isSensitive = $0 }
        bindings.follow({ model.notice?.text ?? model.counter?.words ?? "" }) { notice.text = $0 }
        bindings.follow({ model.notice != nil || model.counter?.isOver == true }) { notice.setClass("error", $0) }
        bindings.follow({ model.isDone }) { [weak self] isDone in if isDone { self?.window.close() } }
        window.setFocus(text)
    }
}
