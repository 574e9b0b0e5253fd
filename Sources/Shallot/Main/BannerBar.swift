import GtkKit
import ShallotModels

/// One problem in the background, said in a bar above everything, with the way out.
final class BannerBar {
    let root = Revealer()
    private let label = Label(role: .status)
    private let button = Button(label: "")
    private let bar = Box(.horizontal, spacing: 12, role: .status)
    private var act: () -> Void = {}

    init() {
        bar.addClass("banner")
        label.wraps = true
        label.xalign = 0
        label.expandsHorizontally = true
        button.name = "banner.action"
        button.valign = .center
        bar.append(label, button)
        root.setChild(bar)
        root.isRevealed = false
        button.onClicked { [weak self] in self?.act() }
    }

    func show(_ banner: Banner?, act: @escaping (Banner.Kind) -> Void) {
        guard let banner else {
            root.isRevealed = false
            return
        }
        label.text = banner.text
        bar.setClass("alert", banner.role == .alert)
        bar.setAccessibleLabel(banner.text)
        button.isVisible = banner.action != nil
        if let action = banner.action { button.label = action }
        self.act = { act(banner.kind) }
        root.isRevealed = true
    }
}
