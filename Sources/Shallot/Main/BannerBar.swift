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
        button.name = "banner.action"
        button.valign = .center
        let words = Box(.horizontal)
        words.append(label)
        words.limitChild(toShare: 1, atEnd: false)
        words.expandsHorizontally = true
        bar.append(words, button)
        root.setChild(bar)
        root.isRevealed = false
        button.onClicked { [weak self] in self?.act() }
    }

    /// Puts the button below the words where there is no room beside them.
    func setNarrow(_ isNarrow: Bool) {
        bar.setOrientation(isNarrow ? .vertical : .horizontal)
        bar.spacing = isNarrow ? 6 : 12
        button.halign = isNarrow ? .end : .fill
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
