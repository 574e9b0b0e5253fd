import GtkKit
import ShallotModels

/// The first page of all: make an account, or bring one back.
final class WelcomeController: OnboardingPage {
    let root: StatusPage
    private let createButton: Button
    private let bindings = Bindings()

    init(model: OnboardingModel) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/welcome.ui")
        root = ui("root")
        root.title = "Shallot"
        createButton = ui("create_button")
        let leftover: Label = ui("leftover")
        bindings.follow({ model.leftover }) { text in
            leftover.isVisible = text != nil
            leftover.text = text ?? ""
        }
        let restoreButton: Button = ui("restore_button")
        createButton.onClicked { model.beginCreating() }
        restoreButton.onClicked { model.beginRestoring() }
    }

    func takeFocus() { createButton.grabFocus() }
}
