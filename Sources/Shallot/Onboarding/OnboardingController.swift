import GtkKit
import ShallotModels

/// The way from Welcome to an account: a stack of pages under one header bar.
final class OnboardingController {
    let root: ToastOverlay
    private let model: OnboardingModel
    private let stack: Stack
    private let title: WindowTitle
    private let backButton: Button
    private let bindings = Bindings()
    private var page: (any OnboardingPage)?
    private var pageCount = 0

    init(model: OnboardingModel) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/onboarding.ui")
        root = ui("root")
        stack = ui("stack")
        title = ui("title")
        backButton = ui("back_button")
        backButton.onClicked { [weak self] in self?.goBack() }
        bindings.follow({ model.step }) { [weak self] step in self?.show(step) }
        bindings.follow({ model.notice?.text }) { [weak self] text in
            if let text { self?.root.add(Toast(text)) }
        }
    }

    private func show(_ step: OnboardingModel.Step) {
        backButton.isVisible = true
        switch step {
        case .welcome:
            backButton.isVisible = false
            title.title = ""
            show(WelcomeController(model: model))
        case .create(let create):
            title.title = tr("Create Account")
            show(CreateAccountController(model: create))
        case .restore(let restore):
            title.title = tr("Restore Account")
            show(RestoreController(model: restore))
        case .restoring(let restoring):
            backButton.isVisible = false
            title.title = tr("Looking for Your Account")
            show(RestoringController(model: restoring) { [weak self] in self?.root.add(Toast($0)) })
        case .accountID(let accountID):
            title.title = tr("Your Account ID")
            let next = AccountIDController.Next(
                start: { [model] in Task { await model.finish() } },
                savePhrase: { [model] in Task { await model.finish(showsPhrase: true) } })
            show(AccountIDController(model: accountID, next: next) { [weak self] in self?.root.add(Toast($0)) })
        }
    }

    private func show(_ fresh: any OnboardingPage) {
        let old = page
        page = fresh
        pageCount += 1
        stack.add(fresh.root, name: "page-\(pageCount)")
        stack.visibleChildName = "page-\(pageCount)"
        fresh.takeFocus()
        // The page before goes when the new one stands: dozens of widgets, and nobody waits for that.
        if let old { MainLoop.whenIdle { [stack] in stack.remove(old.root) } }
    }

    private func goBack() {
        guard model.needsConfirmationToLeave else {
            Task { await model.back() }
            return
        }
        let dialog = MessageDialog(
            parent: root.window, heading: tr("Discard This New Account?"),
            body: tr("Nobody can write to its Account ID any more, and it cannot be brought back."))
        dialog.addResponse("keep", tr("Keep"))
        dialog.addResponse("discard", tr("Discard"), .destructive)
        dialog.setDefault("keep")
        dialog.setClose("keep")
        dialog.present { [model] response in
            if response == "discard" { Task { await model.back() } }
        }
    }
}

/// One page of the onboarding.
protocol OnboardingPage: AnyObject {
    associatedtype Root: Widget
    var root: Root { get }
    /// Puts the keyboard where one starts.
    func takeFocus()
}
