import GtkKit

/// The small picture in a corner: it can be pulled to another one, and a click swaps it with the large one.
final class OwnView {
    private enum Corner { case topStart, topEnd, bottomStart, bottomEnd }

    let root: Button
    private weak var area: Widget?
    private var corner = Corner.bottomEnd
    private var hasMoved = false
    private var isSwapWanted = true
    /// As much as a hand trembles in a click, in pixels.
    private static let tremble = 8.0

    init(root: Button, area: Widget, swap: @escaping () -> Void) {
        (self.root, self.area) = (root, area)
        let drag = DragGesture()
        drag.onEnded { [weak self] x, y in self?.dropped(x, y) }
        drag.inCapture()
        root.add(drag)
        root.onClicked { [weak self] in
            guard let self else { return }
            if hasMoved { hasMoved = false } else { swap() }
        }
        let keys = KeyController(phase: .bubble)
        keys.onPressed { [weak self] in self?.pressed($0) ?? false }
        root.add(keys)
        place()
    }

    private func dropped(_ x: Double, _ y: Double) {
        guard abs(x) > Self.tremble || abs(y) > Self.tremble, let area, let bounds = root.bounds(in: area) else {
            return
        }
        hasMoved = true
        MainLoop.whenIdle { [weak self] in self?.hasMoved = false }
        let middle = (x: bounds.x + bounds.width / 2 + x, y: bounds.y + bounds.height / 2 + y)
        move(isRight: middle.x > Double(area.width) / 2, isLower: middle.y > Double(area.height) / 2)
    }

    /// The arrows do what the pointer does.
    private func pressed(_ key: Key) -> Bool {
        guard key.isControl else { return false }
        let isRight = corner == .topEnd || corner == .bottomEnd
        let isLower = corner == .bottomStart || corner == .bottomEnd
        switch key.symbol {
        case .left: move(isRight: false, isLower: isLower)
        case .right: move(isRight: true, isLower: isLower)
        case .up: move(isRight: isRight, isLower: false)
        case .down: move(isRight: isRight, isLower: true)
        default: return false
        }
        return true
    }

    private func move(isRight: Bool, isLower: Bool) {
        corner = isRight ? (isLower ? .bottomEnd : .topEnd) : (isLower ? .bottomStart : .topStart)
        place()
    }

    private func place() {
        root.halign = corner == .topStart || corner == .bottomStart ? .start : .end
        root.valign = corner == .topStart || corner == .topEnd ? .start : .end
        // Clear of the bars, whether they are there or not: nothing jumps when they go.
        root.setMargins(top: 52, bottom: 74)
    }
}
