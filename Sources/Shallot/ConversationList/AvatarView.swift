import GtkKit
import ShallotModels

/// Initials on a colour, or an icon for Note to Self. Decorative: the name always stands beside it.
final class AvatarView {
    let root: Box
    private let initials = Label(role: .presentation)
    private let iconSize: Int?
    private var icon: Image?
    private var shown: AvatarLook?

    init(size: Int) {
        root = Box(.horizontal, role: .presentation)
        root.addClass("avatar-face")
        if size <= 32 { root.addClass("small") }
        iconSize = size >= 80 ? size / 2 : nil
        if size >= 80 { root.addClass("large") }
        root.setSizeRequest(width: size, height: size)
        root.halign = .center
        root.valign = .center
        add(initials)
        root.expandsHorizontally = false  // or it would take over the wish of its children
        root.setAccessibleHidden(true)
    }

    func show(_ look: AvatarLook) {
        guard look != shown else { return }
        if let shown { root.removeClass("avatar-\(shown.color)") }
        root.addClass("avatar-\(look.color)")
        initials.text = look.initials
        initials.isVisible = !look.isNoteToSelf
        if look.isNoteToSelf, icon == nil { addIcon() }
        icon?.isVisible = look.isNoteToSelf
        shown = look
    }

    private func addIcon() {
        let icon = Image(icon: "user-bookmarks-symbolic")
        if let iconSize { icon.pixelSize = iconSize }
        add(icon)
        self.icon = icon
    }

    private func add(_ child: Widget) {
        child.expandsHorizontally = true
        child.halign = .center
        root.append(child)
    }
}
