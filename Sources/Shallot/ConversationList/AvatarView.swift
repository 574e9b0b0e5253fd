import GtkKit
import ShallotModels

/// Initials on a colour, or an icon for Note to Self. Decorative: the name always stands beside it.
final class AvatarView {
    let root: Box
    private let initials = Label(role: .presentation)
    private let icon = Image(icon: "user-bookmarks-symbolic")
    private var shown: AvatarLook?

    init(size: Int) {
        root = Box(.horizontal, role: .presentation)
        root.addClass("avatar-face")
        if size <= 32 { root.addClass("small") }
        if size >= 80 {
            root.addClass("large")
            icon.pixelSize = size / 2
        }
        root.setSizeRequest(width: size, height: size)
        root.halign = .center
        root.valign = .center
        for child: Widget in [initials, icon] {
            child.expandsHorizontally = true
            child.halign = .center
            child.isVisible = false
            root.append(child)
        }
        root.expandsHorizontally = false  // or it would take over the wish of its children
        root.setAccessibleHidden(true)
    }

    func show(_ look: AvatarLook) {
        guard look != shown else { return }
        if let shown { root.removeClass("avatar-\(shown.color)") }
        root.addClass("avatar-\(look.color)")
        initials.text = look.initials
        initials.isVisible = !look.isNoteToSelf
        icon.isVisible = look.isNoteToSelf
        shown = look
    }
}
