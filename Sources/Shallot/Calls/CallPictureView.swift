import GtkKit
import ShallotModels

/// The two pictures of a call: the other side's large and our own in a corner, or the other way round.
final class CallPictureView {
    private let large: Picture
    private let small: Picture
    private let own: OwnView
    private let feeds: CallPictures
    private var isSwapped = false
    private var hasRemote = false
    private var hasOwn = false
    private var isSmall = false

    init(_ ui: Template, feeds: CallPictures) {
        self.feeds = feeds
        large = ui("large_picture")
        small = ui("small_picture")
        let button: Button = ui("own_view")
        let link = Link()
        own = OwnView(root: button, area: ui("overlay") as Overlay) { link.view?.swap() }
        small.setCovers(true)
        link.view = self
        connectFeeds()
    }

    /// What is made before `self` is complete reaches it through this.
    private final class Link { weak var view: CallPictureView? }

    func leave() {
        feeds.remote.detach()
        feeds.own.detach()
    }

    func show(hasRemote: Bool, hasOwn: Bool, isSmall: Bool) {
        (self.hasRemote, self.hasOwn, self.isSmall) = (hasRemote, hasOwn, isSmall)
        if isSwapped, !(hasRemote && hasOwn) {
            isSwapped = false
            connectFeeds()
        }
        own.root.isVisible = hasOwn && !isSmall
        // A page that is not in front would still be read out.
        large.isVisible = fillsWindow
    }

    /// Whether the large picture shows anything; otherwise a face stands there.
    var fillsWindow: Bool { isSwapped ? hasOwn : hasRemote }

    private func swap() {
        guard hasRemote, hasOwn else { return }
        isSwapped.toggle()
        connectFeeds()
    }

    private func connectFeeds() {
        feeds.remote.detach()
        feeds.own.detach()
        feeds.remote.show(in: isSwapped ? small : large)
        feeds.own.show(in: isSwapped ? large : small)
        // One knows oneself from the mirror.
        large.setClass("mirrored", isSwapped)
        small.setClass("mirrored", !isSwapped)
        let (theirs, ours) = (tr("Picture of the other side"), tr("Your picture"))
        for (picture, words) in [(large, isSwapped ? ours : theirs), (small, isSwapped ? theirs : ours)] {
            picture.alternativeText = words
            picture.setAccessibleLabel(words)
        }
    }
}
