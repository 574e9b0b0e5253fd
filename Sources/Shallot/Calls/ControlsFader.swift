import GtkKit

/// Lets the bars of a call go after a while without pointer and keys, and brings them back with the first of either.
final class ControlsFader {
    static let patience = Duration.seconds(3)

    private let bars: [Revealer]
    private var timer: MainLoop.Timer?
    /// Only over a picture, and never for somebody who listens to the screen.
    var mayFade = false { didSet { if mayFade != oldValue { wake() } } }
    /// Something hangs from a bar, or the keyboard moves on it.
    var isHeld: () -> Bool = { false }

    /// - Parameter area: in which the pointer moves.
    init(bars: [Revealer], area: Widget, window: Window) {
        self.bars = bars
        let pointer = HoverController()
        pointer.onMoved { [weak self] x, y in self?.moved(to: x, y) }
        area.add(pointer)
        let keys = KeyController(phase: .capture)
        keys.onPressed { [weak self] _ in
            self?.wake()
            return false
        }
        window.add(keys)
    }

    private var place: (x: Double, y: Double)?

    /// A widget that comes or goes below a still pointer tells of movements too.
    private func moved(to x: Double, _ y: Double) {
        defer { place = (x, y) }
        if let place, abs(place.x - x) < 1, abs(place.y - y) < 1 { return }
        wake()
    }

    func wake() {
        for bar in bars where !bar.isRevealed { bar.isRevealed = true }
        guard mayFade else { return timer = nil }
        timer = MainLoop.Timer(after: Self.patience) { [weak self] in self?.fade() }
    }

    private func fade() {
        guard mayFade else { return }
        guard !isHeld() else { return wake() }
        bars.forEach { $0.isRevealed = false }
    }
}
