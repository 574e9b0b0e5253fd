import GtkKit
import SessionWire
import ShallotModels

/// One message request in its list: name, first line, age. Nothing in it can be loaded or opened.
final class RequestRowView: ListRow {
    let root: Widget
    private let avatar = AvatarView(size: 40)
    private let name = Label()
    private let time = Label()
    private let line = Label()
    private var item: RequestRow?

    init(clicked: @escaping (ConversationID) -> Void) {
        let box = Box(.horizontal, spacing: 12)
        root = box
        box.addClass("conversation-row")
        box.setSizeRequest(height: ConversationRowView.height)
        for label in [name, line] {
            label.ellipsize = .end
            label.xalign = 0
            label.expandsHorizontally = true
        }
        name.addClass("title")
        line.addClass("preview")
        time.addClass("time")
        let upper = Box(.horizontal, spacing: 6)
        upper.append(name, time)
        let lines = Box(.vertical, spacing: 3)
        lines.valign = .center
        lines.expandsHorizontally = true
        lines.append(upper, line)
        box.append(avatar.root, lines)
        let left = ClickGesture()
        left.onReleased { [weak self] in self?.item.map { clicked($0.id) } }
        box.add(left)
    }

    func show(_ item: RequestRow) {
        self.item = item
        avatar.show(item.avatar)
        name.text = item.name
        time.text = item.timeText
        line.text = item.firstLine
    }

    func accessibleLabel(for item: RequestRow) -> String { item.accessibleText }
}
