import GtkKit
import ShallotModels

/// Makes this device forget the account, after its name was typed.
final class ClearDataController {
    let root: Clamp
    private let bindings = Bindings()

    init(model: ClearDataModel) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Settings/clear-data.ui")
        root = ui("root")
        let explanation: Label = ui("explanation")
        let losses: PreferencesGroup = ui("losses")
        let nameRow: EntryRow = ui("name_row")
        let notice: Label = ui("notice")
        let clear: Button = ui("clear_button")
        explanation.text = model.explanation
        for loss in model.losses { losses.add(ActionRow(title: loss)) }
        nameRow.title = Markup.escape(model.instruction)
        nameRow.onChanged { text in model.typedName = text }
        nameRow.onEntryActivated { Task { await model.clear() } }
        clear.onClicked { Task { await model.clear() } }
        bindings.follow({ model.canClear }) { clear.isSensitive = $0 }
        bindings.follow({ model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
    }
}
