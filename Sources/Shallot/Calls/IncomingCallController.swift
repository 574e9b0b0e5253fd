import GtkKit
import ShallotModels

/// The window that rings. Until Answer no device is open and nothing is sent.
final class IncomingCallController {
    let window: AdwaitaWindow
    private let model: CallModel
    private let toasts: ToastOverlay
    private let bindings = Bindings()

    init(model: CallModel, application: Application) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Calls/incoming.ui")
        window = ui("window")
        toasts = ui("toasts")
        window.title = tr("Incoming call")
        window.setApplication(application)
        window.watchForLeaks()
        show(ui)
        connect(ui)
    }

    private func show(_ ui: Template) {
        let place: Box = ui("avatar_place")
        let name: Label = ui("name")
        let state: Label = ui("state")
        let avatar = AvatarView(size: 96)
        avatar.show(model.avatar)
        place.append(avatar.root)
        name.text = model.name
        let model = model
        bindings.follow({ model.stateText }) { state.text = $0 }
        let line = AddressLine(ui)
        bindings.follow({ model.addressText }) { line.show($0, isRelayOnly: model.isRelayOnly) }
        bindings.follow({ model.notice?.text }) { [weak self] text in
            if let text { self?.toasts.add(Toast(text)) }
        }
    }

    private func connect(_ ui: Template) {
        let answer: Button = ui("answer_button")
        let video: Button = ui("video_button")
        let decline: Button = ui("decline_button")
        let message: MenuButton = ui("message_button")
        let model = model
        answer.onClicked { Task { await model.answer(withVideo: false) } }
        video.onClicked { Task { await model.answer(withVideo: true) } }
        decline.onClicked { Task { await model.decline() } }
        message.setPopover(Self.replies(model))
        bindings.follow({ model.canAnswer }) { canAnswer in
            for widget: Widget in [answer, video, decline, message] { widget.isSensitive = canAnswer }
        }
        // Whoever only takes the window away has declined: nothing rings that cannot be seen.
        window.onCloseRequest {
            Task { await model.decline() }
            return false
        }
        let keys = KeyController(phase: .bubble)
        keys.onPressed { key in
            switch key.symbol {
            case .enter where key.isControl: Task { await model.answer(withVideo: true) }
            case .enter where key.isPlain: Task { await model.answer(withVideo: false) }
            case .escape: Task { await model.decline() }
            default: return false
            }
            return true
        }
        window.add(keys)
        // The key that answers must not depend on where the keyboard stands.
        window.setFocus(answer)
    }

    /// A few sentences, and a field for one's own.
    private static func replies(_ model: CallModel) -> Popover {
        let box = Box(.vertical, spacing: 6)
        box.addClass("quick-replies")
        box.setMargins(6)
        let popover = Popover(box)
        for text in CallModel.quickReplies {
            let button = Button(label: text)
            button.addClass("flat")
            button.onClicked { Task { await model.decline(saying: text) } }
            box.append(button)
        }
        let entry = Entry()
        entry.placeholder = tr("Message")
        entry.setAccessibleLabel(tr("Your own message"))
        entry.expandsHorizontally = true
        let send = Button(icon: "document-send-symbolic", label: tr("Decline and Send"))
        send.isSensitive = false
        let typed = Typed()
        entry.onChanged { [weak send] text in
            typed.text = text
            send?.isSensitive = !text.allSatisfy(\.isWhitespace)
        }
        entry.onActivate { Task { await model.decline(saying: typed.text) } }
        send.onClicked { Task { await model.decline(saying: typed.text) } }
        let line = Box(.horizontal, spacing: 6)
        line.append(entry, send)
        box.append(line)
        return popover
    }

    private final class Typed { var text = "" }
}
