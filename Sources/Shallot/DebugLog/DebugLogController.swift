import GtkKit
import ShallotModels

/// The page on which one reads the debug log before it leaves the program.
final class DebugLogController {
    let root: Clamp
    private let bindings = Bindings()

    /// - Parameter tell: says in a word that something was copied or saved.
    init(model: DebugLogModel, tell: @escaping (String) -> Void) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/DebugLog/debug-log.ui")
        root = ui("root")
        let contents: Label = ui("contents")
        let absences: Label = ui("absences")
        let detail: Switch = ui("detail_switch")
        let notice: Label = ui("notice")
        let save: Button = ui("save_button")
        let copy: Button = ui("copy_button")
        let refresh: Button = ui("refresh_button")
        let preview: TextView = ui("preview")
        contents.text = model.contents
        absences.text = model.absences
        detail.onToggled { model.setDetailed($0) }
        copy.onClicked {
            Clipboard.copy(model.text)
            tell(tr("Debug log copied"))
        }
        refresh.onClicked { model.refresh() }
        save.onClicked { [weak self] in
            let window = self?.root.window
            Task { if await Self.save(model, over: window) { tell(tr("Debug log saved")) } }
        }
        bindings.follow({ model.text }) { preview.text = $0 }
        bindings.follow({ model.isDetailed }) { if detail.isActive != $0 { detail.isActive = $0 } }
        bindings.follow({ model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
    }

    /// Asks for a file and writes the log there.
    @discardableResult static func save(_ model: DebugLogModel, over window: Window?) async -> Bool {
        let file = await FileChooser.save(
            tr("Save Debug Log"), accept: tr("Save"), name: DebugLogModel.fileName, over: window)
        guard let file else { return false }
        return model.save(to: file)
    }
}
