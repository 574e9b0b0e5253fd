import GtkKit
import ShallotModels

/// Says why the app cannot go on and offers what may help. It acts only when asked.
final class FatalController {
    let root: Box
    private let model: FatalModel
    private let bindings = Bindings()

    init(model: FatalModel, debugLog: DebugLogModel) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Fatal/fatal.ui")
        root = ui("root")
        let page: StatusPage = ui("page")
        let notice: Label = ui("notice")
        let retryButton: Button = ui("retry_button")
        let startOverButton: Button = ui("start_over_button")
        page.title = model.title
        page.explanation = model.cause
        let unlockButton: Button = ui("unlock_button")
        let networkButton: Button = ui("network_button")
        let logButton: Button = ui("log_button")
        startOverButton.isVisible = model.canStartOver
        startOverButton.label = model.startOverLabel
        unlockButton.isVisible = model.canUnlockKeyring
        networkButton.isVisible = model.canResetNetwork
        if model.canUnlockKeyring || model.canResetNetwork { retryButton.removeClass("suggested-action") }
        unlockButton.onClicked { Task { await model.unlockKeyring() } }
        logButton.onClicked { [weak self] in
            let window = self?.root.window
            Task { await DebugLogController.save(debugLog, over: window) }
        }
        networkButton.onClicked { Task { await model.resetNetwork() } }
        retryButton.onClicked { Task { await model.tryAgain() } }
        startOverButton.onClicked { [weak self] in self?.confirmStartingOver() }
        bindings.follow({ model.isWorking }) { isWorking in
            [retryButton, startOverButton, unlockButton, networkButton].forEach { $0.isSensitive = !isWorking }
        }
        bindings.follow({ model.notice?.text ?? debugLog.notice?.text }) { text in
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
