import GtkKit
import ShallotModels

/// One row of a conversation: a bubble, a day, the unread line or something that happened.
final class MessageRowView {
    let root: Box
    private(set) var row: MessageRow
    private var bubble: BubbleView?
    private var label: Label?
    private var call: CallLineView?

    /// - Parameters:
    ///   - failed: somebody clicked the warning of a message that was not sent.
    ///   - folded: more or less of a long message is wanted.
    ///   - called: somebody clicked a line about a call.
    ///   - offered: somebody took what such a line offers.
    init(
        _ row: MessageRow, failed: @escaping (MessageRow, Widget) -> Void, folded: @escaping (MessageRowView) -> Void,
        called: @escaping (MessageRow, Widget) -> Void, offered: @escaping (MessageRow) -> Void
    ) {
        self.row = row
        switch row.content {
        case .bubble(let content):
            root = Box(.vertical, role: .listItem)
            root.isFocusable = true
            root.addClass("message-row")
            let view = BubbleView(isOutgoing: content.isOutgoing)
            root.append(view.root)
            bubble = view
            view.onFoldPressed { [weak self] in if let self { folded(self) } }
            view.onFailed { [weak self] anchor in if let self { failed(self.row, anchor) } }
        case .control:
            root = Box(.vertical, role: .listItem)
            add(class: "control-row")
        case .call:
            root = Box(.vertical, role: .listItem)
            let view = CallLineView()
            view.onPressed { [weak self] anchor in if let self { called(self.row, anchor) } }
            view.onOffer { [weak self] in if let self { offered(self.row) } }
            root.append(view.root)
            call = view
        case .day:
            root = Box(.vertical, role: .separator)
            add(class: "day-row")
        case .unread:
            root = Box(.horizontal, spacing: 12, role: .separator)
            root.addClass("unread-row")
            let label = Label(role: .presentation)
            self.label = label
            for (index, child) in ([Separator(.horizontal), label, Separator(.horizontal)] as [Widget]).enumerated() {
                child.valign = .center
                child.expandsHorizontally = index != 1
                root.append(child)
            }
        }
        fill()
    }

    private func add(class name: String) {
        let label = Label(role: .presentation)
        label.wraps = true
        label.justifyCenter()
        root.addClass(name)
        root.append(label)
        self.label = label
    }

    /// Whether `row` can be shown by this widget.
    func fits(_ row: MessageRow) -> Bool {
        switch (self.row.content, row.content) {
        case (.bubble(let old), .bubble(let new)): old.isOutgoing == new.isOutgoing
        case (.control, .control), (.call, .call), (.day, .day), (.unread, .unread): true
        default: false
        }
    }

    func show(_ row: MessageRow) {
        guard row != self.row else { return }
        self.row = row
        fill()
    }

    private func fill() {
        switch row.content {
        case .bubble(let content):
            bubble?.show(content)
            root.setClass("joined", content.joinsAbove)
            root.setClass("starts", !content.joinsAbove)
        case .call(let line): call?.show(line)
        case .control(let text), .day(let text), .unread(let text): label?.text = text
        }
        root.setAccessibleLabel(row.accessibleText)
    }

    /// Where a menu of this row points at.
    var menuAnchor: Widget { bubble?.bubble ?? root }
}
