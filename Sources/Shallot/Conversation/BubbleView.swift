import GtkKit
import ShallotModels

/// The bubble of one message with its text, time and status.
final class BubbleView {
    /// The most of the column's width that a bubble takes.
    static let share = 0.78
    /// Texts up to this length have the time beside them, longer ones below.
    static let shortText = 32

    private static let (avatarSize, avatarSpace) = (32, 8)
    /// What a long text needs at least, in letters of middle width: little enough for 360 pixels at twice the text size.
    private static let leastChars = 10

    let root: Box
    let bubble = Box(.vertical, spacing: 2)
    private let isOutgoing: Bool
    private let text = Label(role: .presentation)
    private let line = Box.line(spacing: 12)
    private let meta = Box(.horizontal, spacing: 4)
    private let time = Label(role: .presentation)
    private var glyph: Image?
    /// The bubble of somebody else, with the avatar beside the first of several.
    private let both: Box?
    private var avatar: AvatarView?
    private var warning: Button?
    private var foldButton: Button?
    /// Not the button's own label, which would wrap.
    private var foldWords: Label?
    private var failed: (Widget) -> Void = { _ in }
    private var foldPressed: () -> Void = {}
    private var isMetaBeside: Bool?

    init(isOutgoing: Bool) {
        self.isOutgoing = isOutgoing
        bubble.addClass("message-bubble")
        bubble.setClass("own", isOutgoing)
        text.wraps = true
        text.xalign = 0
        text.expandsHorizontally = true
        meta.addClass("meta")
        meta.halign = .end
        meta.valign = .end
        time.addClass("numeric")
        meta.append(time)
        line.append(text)
        bubble.append(line)
        root = Box(.horizontal)
        both = isOutgoing ? nil : Box.line(spacing: Self.avatarSpace)
        both?.append(bubble)
        root.append(both ?? bubble)
        root.limitChild(toShare: Self.share, atEnd: isOutgoing)
    }

    func onFailed(_ body: @escaping (Widget) -> Void) { failed = body }

    /// More or less of a long text is wanted.
    func onFoldPressed(_ body: @escaping () -> Void) { foldPressed = body }

    func show(_ content: MessageRow.Bubble) {
        let shown = content.shownText
        text.setClass("only-emoji", content.isOnlyEmoji)
        if content.pieces.contains(where: \.isLink) {
            text.setMarkup(content.pieces.map(\.markup).joined())
        } else {
            text.text = shown
        }
        // Asked for its least width, a label lays itself out with a letter on each line unless it knows better.
        text.widthChars = shown.count > Self.shortText ? Self.leastChars : -1
        time.text = content.timeText
        place(metaBeside: shown.count <= Self.shortText && !shown.contains(where: \.isNewline))
        show(content.fold)
        bubble.setClass("joins-above", content.joinsAbove)
        bubble.setClass("joins-below", content.joinsBelow)
        showAvatar(content.joinsAbove ? nil : content.avatar)
        show(content.status)
    }

    private func showAvatar(_ look: AvatarLook?) {
        guard let both else { return }
        if let look {
            let avatar = avatar ?? AvatarView(size: Self.avatarSize)
            avatar.root.valign = .start
            avatar.show(look)
            if self.avatar == nil { both.prepend(avatar.root) }
            self.avatar = avatar
        } else if let avatar {
            both.remove(avatar.root)
            self.avatar = nil
        }
        bubble.setMargins(start: look == nil ? Self.avatarSize + Self.avatarSpace : 0)
    }

    private func place(metaBeside isBeside: Bool) {
        guard isBeside != isMetaBeside else { return }
        switch isMetaBeside {
        case true?: line.remove(meta)
        case false?: bubble.remove(meta)
        case nil: break
        }
        isMetaBeside = isBeside
        if isBeside { line.append(meta) } else { bubble.insert(meta, after: line) }
    }

    private func show(_ fold: TextFold?) {
        guard let fold else {
            if let foldButton { bubble.remove(foldButton) }
            (foldButton, foldWords) = (nil, nil)
            return
        }
        let button = foldButton ?? makeFoldButton()
        foldWords?.text = fold.action
        button.setAccessibleLabel(fold.action)
    }

    private func makeFoldButton() -> Button {
        let (button, words) = (Button(label: ""), Label(role: .presentation))
        button.name = "message.fold"
        button.setChild(words)
        button.addClass("flat")
        button.addClass("fold")
        button.halign = .start
        bubble.insert(button, after: line)
        button.onClicked { [weak self] in self?.foldPressed() }
        (foldButton, foldWords) = (button, words)
        return button
    }

    private func show(_ status: MessageRow.Bubble.Status?) {
        if let name = status?.iconName {
            let icon = glyph ?? Image()
            icon.pixelSize = 14
            if glyph == nil { meta.append(icon) }
            icon.iconName = name
            glyph = icon
        } else if let glyph {
            meta.remove(glyph)
            self.glyph = nil
        }
        if case .failed(let reason) = status {
            let button = warning ?? makeWarning()
            button.label = reason
            button.setAccessibleLabel(reason)
        } else if let warning {
            bubble.remove(warning)
            self.warning = nil
        }
    }

    private func makeWarning() -> Button {
        let button = Button(label: "")
        button.name = "message.failed"
        button.addClass("flat")
        button.addClass("failed")
        button.halign = .end
        bubble.append(button)
        button.onClicked { [weak self] in if let self, let warning { failed(warning) } }
        warning = button
        return button
    }
}

extension TextPiece {
    fileprivate var isLink: Bool { if case .link = self { true } else { false } }
    fileprivate var markup: String {
        switch self {
        case .plain(let text): Markup.escape(text)
        case .link(let address): "<a href=\"\(Markup.escape(address))\">\(Markup.escape(address))</a>"
        }
    }
}

extension MessageRow.Bubble.Status {
    fileprivate var iconName: String {
        switch self {
        case .waiting: ConversationRow.Status.waiting.iconName
        case .sent: ConversationRow.Status.sent.iconName
        case .read: ConversationRow.Status.read.iconName
        case .failed: ConversationRow.Status.failed.iconName
        }
    }
}
