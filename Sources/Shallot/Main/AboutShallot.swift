import GtkKit
import ShallotModels

enum AboutShallot {
    static func present(over parent: Window) {
        let window = AboutWindow(
            AboutWindow.Facts(
                name: "Shallot", version: ShallotProgram.version, icon: "im.shallot.Shallot",
                developer: tr("The Shallot authors"),
                comments: tr(
                    "Onion-routed messages for the Session network. Independent app, not affiliated with the Session Technology Foundation."
                ),
                website: "", issues: "", copyright: "© 2026 " + tr("The Shallot authors"),
                debugInformation: "Shallot \(ShallotProgram.version)\n\(Program.toolkitVersions)"))
        window.setTransient(for: parent)
        window.setModal(true)
        window.watchForLeaks()
        window.present()
    }
}
