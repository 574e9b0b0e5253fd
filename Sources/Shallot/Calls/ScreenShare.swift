import GtkKit
import MediaKit
import ShallotModels

/// Lets the person choose what of the screen is shown: in the desktop's portal, or on plain X11 the whole screen.
final class ScreenShare {
    private let application: Application
    private let portal: ScreenCast?
    private var hasPortal = false

    init(_ application: Application) {
        self.application = application
        portal = ScreenCast(of: application)
    }

    /// Whether there is any way; asked once, before the button is shown.
    func isPossible() async -> Bool {
        hasPortal = await portal?.isAvailable() ?? false
        return hasPortal || Display.isX11
    }

    /// - Returns: `nil` when nothing was chosen.
    func choose(over window: Window, name: String) async -> ScreenSource? {
        if hasPortal, let portal {
            guard let stream = try? await portal.open() else { return nil }  // refused, or gone: nothing is shown
            return .pipeWire(descriptor: stream.descriptor, node: stream.node)
        }
        let dialog = MessageDialog(
            parent: window, heading: tr("Share Your Whole Screen?"),
            body: tr("{name} will see everything that is on it, until you stop.", ["name": name.isolated]))
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("share", tr("Share Screen"), .suggested)
        dialog.setDefault("cancel")
        dialog.setClose("cancel")
        return await dialog.ask() == "share" ? .x11(display: nil) : nil
    }

    func end() { portal?.close() }
}
