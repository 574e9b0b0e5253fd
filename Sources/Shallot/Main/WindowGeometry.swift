import GtkKit
import ShallotModels

/// The size of the window from one run to the next.
final class WindowGeometry {
    private static let minimum = (width: 360, height: 294)
    private static let standard = (width: 1080, height: 720)
    private static let maximum = 16_384

    private let window: ApplicationWindow
    private let local: LocalSettings

    init(window: ApplicationWindow, local: LocalSettings) { (self.window, self.local) = (window, local) }

    func restore() {
        window.setDefaultSize(
            width: stored("window-width", least: Self.minimum.width) ?? Self.standard.width,
            height: stored("window-height", least: Self.minimum.height) ?? Self.standard.height)
        if local["window-maximized"] == "yes" { window.maximize() }
    }

    func save() {
        let size = window.defaultSize
        local["window-width"] = String(size.width)
        local["window-height"] = String(size.height)
        local["window-maximized"] = window.isMaximized ? "yes" : nil
    }

    private func stored(_ name: String, least: Int) -> Int? {
        local[name].flatMap { Int($0) }.flatMap { (least...Self.maximum).contains($0) ? $0 : nil }
    }
}
