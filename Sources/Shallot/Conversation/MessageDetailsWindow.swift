import GtkKit
import ShallotModels

/// What is known about one message.
enum MessageDetailsWindow {
    static func present(_ details: MessageDetails, over parent: Window?) {
        let window = AdwaitaWindow()
        window.name = "message-details"
        window.title = tr("Message Details")
        window.setDefaultSize(width: 420, height: 420)
        window.setTransient(for: parent)
        window.setModal(true)

        let page = PreferencesPage()
        page.expandsVertically = true
        page.add(group("", details.lines))
        page.add(group(tr("Technical"), details.technical))
        let copy = Button(label: tr("Copy Technical Details"))
        copy.name = "message-details.copy"
        copy.halign = .center
        copy.setMargins(12)
        copy.onClicked { [text = details.technicalText] in Clipboard.copy(text) }

        let content = Box(.vertical)
        content.append(HeaderBar(), page, copy)
        window.setContent(content)
        window.closesOnEscape()
        window.watchForLeaks()
        window.present()
    }

    private static func group(_ title: String, _ lines: [MessageDetails.Line]) -> PreferencesGroup {
        let group = PreferencesGroup(title: title)
        for line in lines {
            let row = ActionRow(title: line.label, subtitle: line.value)
            row.setSubtitleLines(0)
            group.add(row)
        }
        return group
    }
}
