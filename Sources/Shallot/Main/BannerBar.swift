import GtkKit
import ShallotModels

/// One problem in the background, said in a bar above everything, with the way out.
final class BannerBar {
    let root = Revealer()
    private let words = Box(.horizontal)
    private var label: Label?
    private let button = Button(label: "")
    private let bar = Box(.horizontal, spacing: 12)
    private var act: () -> Void = {}

    init() {
        bar.addClass("banner")
        button.name = "banner.action"
        button.valign = .center
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
        say(banner)
        bar.setClass("alert", banner.role == .alert)
        button.isVisible = banner.action != nil
        if let action = banner.action { button.label = action }
        self.act = { act(banner.kind) }
        root.isRevealed = true
    }

    /// A role is given when a widget is made, and a screen reader reads an alert when it appears: each problem gets a label
    /// of its own.
    private func say(_ banner: Banner) {
        guard label?.text != banner.text else { return }
        if let label { words.remove(label) }
        let fresh = Label(banner.text, role: banner.role == .alert ? .alert : .status)
        fresh.wraps = true
        fresh.xalign = 0
        fresh.setAccessibleLabel(banner.text)
        words.append(fresh)
        label = fresh
    }
}
