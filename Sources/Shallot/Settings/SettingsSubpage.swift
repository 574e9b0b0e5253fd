import GtkKit

/// A page inside the preferences window with a header bar of its own that leads back.
final class SettingsSubpage {
    let root: Box

    /// - Parameter back: closes the subpage.
    init(title: String, content: Widget, back: @escaping () -> Void) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Settings/subpage.ui")
        root = ui("root")
        let heading: WindowTitle = ui("title")
        let scroller: ScrolledWindow = ui("scroller")
        let backButton: Button = ui("back_button")
        heading.title = title
        scroller.setChild(content)
        backButton.onClicked(back)
    }
}
