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

    /// The desktop took back what was chosen.
    var ended: () -> Void {
        get { portal?.ended ?? {} }
        set { portal?.ended = newValue }
    }

    /// Whether there is any way; asked once, before the button is shown.
    func isPossible() async -> Bool {
        hasPortal = await portal?.isAvailable() ?? false
        return hasPortal || Display.isX11
    }

    func choose(over window: Window, name: String) async throws(ScreenChoiceError) -> ScreenSource {
        if hasPortal, let portal {
            do throws(ScreenCast.Failure) {
                let stream = try await portal.open()
                return .pipeWire(descriptor: stream.descriptor, node: stream.node)
            } catch { throw error == .cancelled ? .cancelled : .unavailable }
        }
        let dialog = MessageDialog(
            parent: window, heading: tr("Share Your Whole Screen?"),
            body: tr("{name} will see everything that is on it, until you stop.", ["name": name.isolated]))
        dialog.addResponse("cancel", tr("Cancel"))
        dialog.addResponse("share", tr("Share Screen"), .suggested)
        dialog.setDefault("cancel")
        dialog.setClose("cancel")
        guard await dialog.ask() == "share" else { throw .cancelled }
        return .x11(display: nil)
    }

    func end() { portal?.close() }
}
