import GtkKit
import ShallotModels

/// Says why the app cannot go on and offers what may help. It acts only when asked.
final class FatalController {
    let root: Box
    private let model: FatalModel
    private let bindings = Bindings()

    init(model: FatalModel) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Fatal/fatal.ui")
        root = ui("root")
        let page: StatusPage = ui("page")
        let notice: Label = ui("notice")
        let retryButton: Button = ui("retry_button")
        let startOverButton: Button = ui("start_over_button")
        page.title = model.title
        page.explanation = model.cause
        startOverButton.isVisible = model.canStartOver
        retryButton.onClicked { Task { await model.tryAgain() } }
        startOverButton.onClicked { [weak self] in self?.confirmStartingOver() }
        bindings.follow({ model.isWorking }) { isWorking in
            retryButton.isSensitive = !isWorking
            startOverButton.isSensitive = !isWorking
        }
        bindings.follow({ model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
    }

    private func confirmStartingOver() {
        let dialog = MessageDialog(
            parent: root.window, heading: tr("Delete Everything on This Device?"), body: model.startOverExplanation)
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("start-over", tr("Delete and Start Over"), .destructive)
        dialog.setDefault("cancel")
        dialog.setClose("cancel")
        dialog.present { [model] response in
            if response == "start-over" { Task { await model.startOver() } }
        }
    }
}
