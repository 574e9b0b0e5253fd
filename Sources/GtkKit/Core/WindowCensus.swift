import CAdwaita
import CGtkKit

/// Counts widgets that outlive their window or page. A debug build says so on standard error two seconds after a window was
/// destroyed or a page was taken out; with `GTKKIT_CENSUS` in the environment it also says that it has counted.
public enum WindowCensus {
    /// Widgets of destroyed windows that are still alive, by type.
    public private(set) static var survivors: [String: Int] = [:]

    private final class Mark {
        let type: String
        var isAlive = true
        init(type: String) { self.type = type }
    }

    /// Follows the widgets that `window` has when it is taken off the screen for good.
    static func watch(_ window: Window) {
        #if DEBUG
        window.connect("unrealize") { arguments in
            guard let emitter = arguments.emitter else { return }
            var marks: [Mark] = []
            collect(emitter.assumingMemoryBound(to: GtkWidget.self), into: &marks)
            let root = marks.first
            Task {
                do { try await Task.sleep(for: .seconds(2)) } catch { return }
                // A hidden window is not gone: only what outlives its destroyed root counts.
                guard let root, !root.isAlive else { return }
                report(marks)
            }
        }
        #endif
    }

    /// Follows a page that was just taken out of its window and should be gone soon.
    static func expectEnd(of page: Widget) {
        #if DEBUG
        var marks: [Mark] = []
        page.widget { collect($0, into: &marks) }
        Task {
            do { try await Task.sleep(for: .seconds(2)) } catch { return }
            report(marks)
        }
        #endif
    }

    /// Groups of preferences do not count, only what is in their rows: libadwaita 1.2 itself never frees them.
    private static func collect(
        _ widget: UnsafeMutablePointer<GtkWidget>, into marks: inout [Mark], inGroup: Bool = false
    ) {
        let isGroup = gtkkit_is_a(widget, adw_preferences_group_get_type()) != 0
        let counts = !isGroup && (!inGroup || gtkkit_is_a(widget, gtk_list_box_row_get_type()) != 0)
        if counts { mark(widget, in: &marks) }
        var child = gtk_widget_get_first_child(widget)
        while let current = child {
            collect(current, into: &marks, inGroup: !counts)
            child = gtk_widget_get_next_sibling(current)
        }
    }

    private static func mark(_ widget: UnsafeMutablePointer<GtkWidget>, in marks: inout [Mark]) {
        let mark = Mark(type: string(gtkkit_type_name(widget)))
        marks.append(mark)
        _ = gtkkit_connect_weak(
            widget, { data in if let data { Unmanaged<Mark>.fromOpaque(data).takeRetainedValue().isAlive = false } },
            Unmanaged.passRetained(mark).toOpaque())
    }

    private static let isTalkative = g_getenv("GTKKIT_CENSUS") != nil

    private static func report(_ marks: [Mark]) {
        let alive = marks.filter(\.isAlive)
        if isTalkative { g_printerr_text("Census: \(marks.count) widgets, \(alive.count) left\n") }
        guard !alive.isEmpty else { return }
        for mark in alive { survivors[mark.type, default: 0] += 1 }
        let words = Dictionary(grouping: alive, by: \.type).map { "\($0.value.count) \($0.key)" }.sorted().joined(
            separator: ", ")
        g_printerr_text("Widgets outlive their window or page: \(words)\n")
    }
}

/// Writes to standard error; `g_printerr` itself takes variable arguments.
private func g_printerr_text(_ text: String) { text.withCString { _ = write(2, $0, strlen($0)) } }
