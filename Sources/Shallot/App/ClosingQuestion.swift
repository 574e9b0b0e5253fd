import GtkKit
import ShallotModels

/// What the first closing of the window asks: go on without it, or end?
enum ClosingQuestion {
    /// - Returns: `nil` when the question was put away; then nothing happens.
    static func ask(over window: Window) async -> (choice: ClosingChoice, isRemembered: Bool)? {
        let dialog = MessageDialog(
            parent: window, heading: tr("Keep Shallot Running?"),
            body: tr("Messages only arrive while it runs. You can change this in Preferences."))
        let remember = CheckButton(label: tr("Remember"))
        remember.name = "closing.remember"
        remember.halign = .center
        dialog.setExtraChild(remember)
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("quit", tr("Quit"))
        dialog.addResponse("hide", tr("Keep Running"), .suggested)
        dialog.setDefault("hide")
        dialog.setClose("cancel")
        guard let choice = ClosingChoice(rawValue: await dialog.ask()) else { return nil }
        return (choice, remember.isActive)
    }
}
