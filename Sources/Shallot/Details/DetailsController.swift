import GtkKit
import SessionWire
import ShallotCore
import ShallotModels

/// The pane beside a conversation.
final class DetailsController {
    let root: Box
    private let model: ConversationDetailsModel
    private let title: Label, ownName: Label, nickname: EntryRow, nicknameProblem: Label
    private let accountID: Label, muteSwitch: Switch, block: Button
    private let avatar = AvatarView(size: 96)
    private let forPeople: [Widget]
    private let callsGroup: PreferencesGroup, callMode: ComboRow
    private var muting: SignalConnection?
    private var choosing: SignalConnection?
    private var naming: SignalConnection?
    private let bindings = Bindings()

    init(model: ConversationDetailsModel, window: MainController) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Details/details.ui")
        root = ui("root")
        title = ui("title")
        ownName = ui("own_name")
        nickname = ui("nickname")
        nicknameProblem = ui("nickname_problem")
        accountID = ui("account_id")
        muteSwitch = ui("mute_switch")
        block = ui("block_button")
        callsGroup = ui("calls_group")
        callMode = ui("call_mode_row")
        forPeople = [ui("nickname_group", as: Widget.self), ui("notification_group", as: Widget.self), block]
        let place: Box = ui("avatar_place")
        place.append(avatar.root)
        connect(ui, window)
        follow()
    }

    private func connect(_ ui: Template, _ window: MainController) {
        naming = nickname.onChanged { [weak model] text in model?.nickname = text }
        nickname.onApply { [weak model] in Task { await model?.saveNickname() } }
        muting = muteSwitch.onToggled { [weak model] isOn in Task { await model?.setMuted(isOn ? .always : nil) } }
        let copy: Button = ui("copy_button")
        let code: Button = ui("code_button")
        copy.onClicked { [weak self, weak window] in
            guard let id = self?.model.accountID else { return }
            Clipboard.copy(id.description)
            window?.say(tr("Account ID copied"))
        }
        code.onClicked { [weak self, weak window] in
            guard let model = self?.model, let payload = model.qrPayload else { return }
            CodeWindow.present(payload, name: model.title, over: window?.window)
        }
        block.onClicked { [weak self, weak window] in
            guard let model = self?.model else { return }
            if model.isBlocked {
                Task { await model.setBlocked(false) }
            } else {
                window?.dialogs.block(model.title) { Task { await model.setBlocked(true) } }
            }
        }
        callMode.setUsesMarkup(false)
        callMode.setChoices(ConversationDetailsModel.callModes.map { $0?.words ?? tr("As in Preferences") })
        choosing = callMode.onSelected { [weak model] index in
            guard ConversationDetailsModel.callModes.indices.contains(index) else { return }
            Task { await model?.setCallMode(ConversationDetailsModel.callModes[index]) }
        }
        let clear: Button = ui("clear_button")
        let delete: Button = ui("delete_button")
        clear.onClicked { [weak self, weak window] in
            guard let model = self?.model else { return }
            window?.dialogs.clearMessages(model.title) { Task { await model.clearMessages() } }
        }
        delete.onClicked { [weak self, weak window] in
            guard let model = self?.model else { return }
            window?.dialogs.deleteConversation(model.title) { [weak window] in
                window?.closeConversation()
                Task { await model.deleteConversation() }
            }
        }
    }

    private struct Face: Equatable, Sendable {
        var title: String, ownName: String?, avatar: AvatarLook, isNoteToSelf: Bool, isBlocked: Bool, isMuted: Bool
    }

    private func follow() {
        let model = model
        accountID.text = model.groupedID ?? ""
        bindings.follow({
            Face(
                title: model.title, ownName: model.ownName, avatar: model.avatar, isNoteToSelf: model.isNoteToSelf,
                isBlocked: model.isBlocked, isMuted: model.isMuted)
        }) { [weak self] in self?.show($0) }
        bindings.follow({ model.nickname }) { [weak self] name in
            guard let self, nickname.text != name else { return }
            naming?.silently { self.nickname.text = name }
        }
        bindings.follow({ model.nicknameProblem }) { [weak self] problem in
            self?.nickname.showError(problem != nil)
            self?.nicknameProblem.isVisible = problem != nil
            self?.nicknameProblem.text = problem ?? ""
        }
        bindings.follow({ model.canBeCalled }) { [weak self] in self?.callsGroup.isVisible = $0 }
        bindings.follow({ model.callMode }) { [weak self] mode in
            guard let self else { return }
            let place = ConversationDetailsModel.callModes.firstIndex(of: mode) ?? 0
            choosing?.silently { self.callMode.selected = place }
            callMode.subtitle = mode?.explanation ?? ""
        }
        bindings.run { await model.run() }
    }

    private func show(_ face: Face) {
        title.text = face.title
        ownName.isVisible = face.ownName != nil
        ownName.text = face.ownName ?? ""
        avatar.show(face.avatar)
        forPeople.forEach { $0.isVisible = !face.isNoteToSelf }
        block.label = face.isBlocked ? tr("Unblock") : tr("Block…")
        muting?.silently { muteSwitch.isActive = face.isMuted }
    }
}
