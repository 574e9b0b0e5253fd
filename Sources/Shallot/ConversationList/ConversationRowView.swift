import GtkKit
import SessionWire
import ShallotModels

/// One conversation in the list: 64 pixels high, whatever it says.
final class ConversationRowView: ListRow {
    static let height = 64

    let root: Widget
    private let box = Box(.horizontal, spacing: 12)
    private let avatar = AvatarView(size: 40)
    private let title = Label()
    private let pin = Image(icon: "view-pin-symbolic")
    private let mute = Image(icon: "notifications-disabled-symbolic")
    private let time = Label()
    private let status = Image()
    private let preview = Label()
    private let badge = Label()
    private var item: ConversationRow?

    /// - Parameters:
    ///   - menu: a menu for this conversation was asked for, at a place in a widget.
    ///   - clicked: the row was clicked, which is more than being selected by keys.
    init(
        menu: @escaping (ConversationRow, Widget, (x: Double, y: Double)?) -> Void,
        clicked: @escaping (ConversationID) -> Void
    ) {
        root = box
        box.addClass("conversation-row")
        box.setSizeRequest(height: Self.height)
        title.ellipsize = .end
        title.xalign = 0
        title.expandsHorizontally = true
        title.addClass("title")
        preview.ellipsize = .end
        preview.xalign = 0
        preview.expandsHorizontally = true
        preview.addClass("preview")
        time.addClass("time")
        time.addClass("numeric")
        badge.addClass("badge")
        badge.addClass("numeric")
        badge.valign = .center
        for icon in [pin, mute, status] { icon.pixelSize = 12 }
        status.pixelSize = 14

        let upper = Box(.horizontal, spacing: 6)
        upper.append(title, pin, mute, time)
        let lower = Box(.horizontal, spacing: 6)
        lower.append(status, preview, badge)
        lower.setSizeRequest(height: 20)
        let lines = Box(.vertical, spacing: 3)
        lines.valign = .center
        lines.expandsHorizontally = true
        lines.append(upper, lower)
        box.append(avatar.root, lines)

        let right = ClickGesture(.secondary)
        right.onPressed { [weak self] _, x, y in self?.open(menu, x, y) }
        box.add(right)
        let press = LongPressGesture()
        press.onPressed { [weak self] x, y in self?.open(menu, x, y) }
        box.add(press)
        let left = ClickGesture()
        left.onReleased { [weak self] in self?.item.map { clicked($0.id) } }
        box.add(left)
    }

    private func open(_ menu: (ConversationRow, Widget, (x: Double, y: Double)?) -> Void, _ x: Double, _ y: Double) {
        if let item { menu(item, box, (x, y)) }
    }

    func show(_ item: ConversationRow) {
        self.item = item
        avatar.show(item.avatar)
        title.text = item.title
        time.text = item.timeText
        pin.isVisible = item.isPinned
        mute.isVisible = item.isMuted
        preview.text = item.previewText
        var isDraft = false
        var glyph: ConversationRow.Status?
        switch item.preview {
        case .none: break
        case .draft: isDraft = true
        case .message(_, let status): glyph = status
        }
        preview.setClass("draft", isDraft)
        status.isVisible = glyph != nil
        if let glyph {
            status.iconName = glyph.iconName
            status.setClass("failed", glyph == .failed)
        }
        badge.isVisible = item.badge != .none
        badge.setClass("dot", item.badge == .dot)
        badge.setClass("muted", item.isMuted)
        if case .count(let count) = item.badge { badge.text = count } else { badge.text = "" }
        box.setClass("unread", item.isUnread)
    }

    func accessibleLabel(for item: ConversationRow) -> String { item.accessibleText }
}

extension ConversationRow.Status {
    /// A different shape for each: never colour alone.
    var iconName: String {
        switch self {
        case .waiting: "document-open-recent-symbolic"
        case .sent: "shallot-tick-symbolic"
        case .read: "shallot-tick-double-symbolic"
        case .failed: "dialog-warning-symbolic"
        }
    }
}
