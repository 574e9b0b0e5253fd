import BaseKit
import Foundation
import GtkKit
import Logging

/// Says in the detailed log how quickly the window follows its user. `Benchmarks/measure-window` reads these lines; without
/// `--debug` nothing here does anything.
///
/// | Line | Means |
/// |---|---|
/// | `painted 512.3` | the list stands on the screen, ms after the process began |
/// | `composer painted 530.1` | the first composer can be written in, ms after the process began |
/// | `key painted 12.0, processor 8.1` | the text that a key changed was drawn, ms after the key went down |
/// | `conversation painted 41.5, processor 38.0` | the same for the messages of a conversation that a key or click opened |
/// | `unread 5000 painted` | the list shows so many unread messages |
/// | `anchor moved 0.0, 50 rows above` | how many pixels the row being read moved when rows came above it |
/// | `stall 63.0, processor 51.2, jobs 50.1` | the main loop did nothing else for so many ms; its processor time, and jobs' part |
enum WindowTimes {
    /// Everything that takes longer is told.
    private static let stallLimit = Duration.milliseconds(50)

    private static var log: Logger?
    private static var lastInput: ContinuousClock.Instant?
    /// The processor time that this thread had taken then.
    private static var processorAtInput = Duration.zero
    private static var reportedStarts: Set<String> = []

    static func watch(_ window: Window) {
        let log = Log.logger("window")
        guard log.logLevel <= .debug else { return }
        self.log = log
        MainLoop.watchStalls(longerThan: stallLimit) { stall in
            let parts = [stall.processor, stall.jobs].map(\.millisecondsText)
            log.debug("stall \(stall.duration.millisecondsText), processor \(parts[0]), jobs \(parts[1])")
        }
        let watch = InputWatch()
        watch.onInput { age in
            lastInput = .now - age
            processorAtInput = processor
        }
        window.add(watch)
    }

    /// What was just set is on the screen after the next frame: says how long after the last key, click or scroll step.
    static func paintedAfterInput(_ what: String, in widget: Widget) {
        guard let log, let lastInput else { return }
        let before = processorAtInput
        widget.afterNextPaint {
            let parts = [.now - lastInput, processor - before].map(\.millisecondsText)
            log.debug("\(what) painted \(parts[0]), processor \(parts[1])")
        }
    }

    /// The same without anybody's doing.
    static func painted(_ what: String, in widget: Widget) {
        guard let log else { return }
        widget.afterNextPaint { log.debug("\(what) painted") }
    }

    /// Something was painted for the first time: says how long after the start of the process.
    static func paintedFirst(_ what: String, in widget: Widget) {
        guard let log, reportedStarts.insert(what).inserted else { return }
        widget.afterNextPaint {
            if let age = ProcessAge.milliseconds { log.debug("\(what) \(String(format: "%.1f", age))") }
        }
    }

    /// Compares where `row` lies in `column` with where it lies after the next frame, unless somebody scrolls meanwhile. A row
    /// lies on whole pixels; what was scrolled since the last frame need not be whole.
    static func anchor(_ row: Widget, in column: MessageColumn, rowsAbove: Int) {
        guard let log, rowsAbove > 0, let before = column.offset(of: row)?.rounded(.towardZero) else { return }
        let scrolls = column.scrollCount
        column.afterNextPaint {
            guard column.scrollCount == scrolls, let after = column.offset(of: row) else { return }
            log.debug("anchor moved \(String(format: "%.1f", after - before)), \(rowsAbove) rows above")
        }
    }

    static var isOn: Bool { log != nil }

    private static var processor: Duration {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension Duration {
    fileprivate nonisolated var millisecondsText: String { String(format: "%.1f", self / .milliseconds(1)) }
}
