import GtkKit
import SessionWire
import ShallotModels
import ShallotStore

/// The realised rows of a conversation: at most 150 in a column that keeps its anchor. It turns lists of rows into
/// changes of widgets, some in each frame, and says where the view stands.
final class MessageListView {
    let column = MessageColumn()
    private let scroller: ScrolledWindow
    private var order: [MessageRow.ID] = []
    private var views: [MessageRow.ID: MessageRowView] = [:]
    private var isReportDue = false
    private var wanted: [MessageRow] = []
    /// Where the conversation opens, until all its rows are there.
    private var opening: MessageRow.ID??
    private var isGrowthDue = false
    /// As many rows as a usual window shows; a tall one is full one frame later.
    private static let firstRows = 14
    /// Some milliseconds of work.
    private static let moreRows = 10
    /// Whether the last row is the newest message, so that the view follows what comes.
    var sticksToEnd = true { didSet { noteEnd() } }

    struct Actions {
        /// A menu for a message was asked for.
        var menu: (MessageRow, Widget, (x: Double, y: Double)?) -> Void
        /// The warning of a failed message was clicked.
        var failed: (MessageRow, Widget) -> Void
        /// More or less of a long message is wanted.
        var folded: (MessageRow) -> Void
        /// A line about a call was clicked.
        var called: (MessageRow, Widget) -> Void
        /// What a line about a call offers was taken.
        var offered: (MessageRow) -> Void
        /// The view moved, or what is in it changed.
        var moved: () -> Void
    }
    private let actions: Actions

    init(in scroller: ScrolledWindow, actions: Actions) {
        self.scroller = scroller
        self.actions = actions
        column.name = "messages"
        column.setAccessibleLabel(tr("Messages"))
        column.setMaximumWidth(760)
        scroller.setChild(column)
        scroller.vertical.onValueChanged { [weak self] in self?.reportSoon() }
        let right = ClickGesture(.secondary)
        right.onPressed { [weak self] _, x, y in self?.openMenu(x, y) }
        column.add(right)
        let press = LongPressGesture()
        press.onPressed { [weak self] x, y in self?.openMenu(x, y) }
        column.add(press)
    }

    // MARK: Rows

    /// To be called before the first rows come. - Parameter start: the row that will be in view; `nil` for the last.
    func begin(at start: MessageRow.ID?) { opening = .some(start) }

    /// Whether all rows are realised, as they are soon after they came.
    private(set) var isComplete = false

    /// Shows exactly `rows`: those in view at once, the others in the next frames. What is in view stays where it is,
    /// whatever comes or goes above it.
    func apply(_ rows: [MessageRow]) {
        wanted = rows
        grow(by: Self.firstRows)
    }

    private func grow(by limit: Int) {
        let part = RowGrowth.run(of: wanted.map(\.id), around: middle, realised: Set(order), atMost: limit)
        isComplete = part.count == wanted.count
        if isComplete { opening = nil }
        realise(Array(wanted[part]))
        noteEnd()
        if !isComplete { growSoon() }
    }

    /// The position around which rows are wanted first.
    private var middle: Int {
        let end = wanted.count - 1
        func position(_ id: MessageRow.ID?) -> Int? { wanted.firstIndex { $0.id == id } }
        if let opening { return opening.flatMap { position($0) } ?? end }
        if column.isAtEnd && sticksToEnd { return end }
        if let inView = position(place?.row) { return inView }
        let kept = Set(order)
        return wanted.firstIndex { kept.contains($0.id) } ?? (sticksToEnd ? end : 0)
    }

    /// One step for each frame, so that no frame takes long.
    private func growSoon() {
        guard !isGrowthDue else { return }
        isGrowthDue = true
        column.afterNextPaint {
            MainLoop.whenIdle { [weak self] in
                guard let self else { return }
                isGrowthDue = false
                if !isComplete { grow(by: Self.moreRows) }
            }
        }
    }

    private func noteEnd() { column.setSticksToEnd(sticksToEnd && order.last == wanted.last?.id) }

    private func realise(_ rows: [MessageRow]) {
        watchAnchor(while: rows)
        let wanted = Set(rows.map(\.id))
        for id in order where !wanted.contains(id) { remove(id) }
        order.removeAll { !wanted.contains($0) }
        // Rows keep their order: whatever stands elsewhere than before is made again.
        var old = order[...]
        var previous: MessageRowView?
        for row in rows {
            if old.first == row.id, let view = views[row.id], view.fits(row) {
                old.removeFirst()
                view.show(row)
                previous = view
                continue
            }
            if views[row.id] != nil {
                remove(row.id)
                old.removeAll { $0 == row.id }
            }
            let view = MessageRowView(
                row, failed: actions.failed, folded: { [weak self] in self?.fold($0) }, called: actions.called,
                offered: actions.offered)
            views[row.id] = view
            column.insert(view.root, after: previous?.root)
            previous = view
        }
        order = rows.map(\.id)
        reportSoon()
    }

    /// Where the first row in view goes is what readers notice; in a detailed log it is written down.
    private func watchAnchor(while rows: [MessageRow]) {
        guard WindowTimes.isOn, let place, let before = order.firstIndex(of: place.row),
            let after = rows.firstIndex(where: { $0.id == place.row }), let view = views[place.row]
        else { return }
        WindowTimes.anchor(view.root, in: column, rowsAbove: after - before)
    }

    private func remove(_ id: MessageRow.ID) {
        guard let view = views.removeValue(forKey: id) else { return }
        column.remove(view.root)
    }

    // MARK: Where the view stands

    func scroll(to id: MessageRow.ID, fraction: Double) {
        if let view = views[id] { column.scroll(to: view.root, fraction: fraction) }
    }

    func restore(_ id: MessageRow.ID, offset: Double) {
        if let view = views[id] { column.setAnchor(view.root, offset: offset) }
    }

    /// Shows more or less of a long message, which keeps its upper edge where it is, or in view.
    private func fold(_ view: MessageRowView) {
        let offset = column.offset(of: view.root) ?? 0
        column.setAnchor(view.root, offset: view.row.bubble?.fold == .unfolded ? max(0, offset) : offset)
        actions.folded(view.row)
    }

    /// As a menu asks for.
    func fold(_ row: MessageRow) { if let view = views[row.id] { fold(view) } }

    /// The first row in view and its distance from the view's upper edge.
    var place: (row: MessageRow.ID, offset: Double)? {
        guard let anchor = column.anchor,
            let id = order.first(where: { views[$0]?.root.isSame(as: anchor.row) == true })
        else { return nil }
        return (id, anchor.offset)
    }

    /// The last message whose lower edge is in view.
    var lastVisible: MessageRow.ID? {
        let height = Double(column.height)
        return order.last { id in
            guard case .message = id, let bounds = views[id]?.root.bounds(in: column) else { return false }
            return bounds.height > 0 && bounds.y + bounds.height <= height + 1
        }
    }

    /// How many screens of rows there are above and below the view.
    var margins: (above: Double, below: Double) {
        let adjustment = scroller.vertical
        let page = max(1, adjustment.pageSize)
        return (adjustment.value / page, (adjustment.upper - page - adjustment.value) / page)
    }

    private func reportSoon() {
        guard !isReportDue else { return }
        isReportDue = true
        // After the layout that this change leads to, and once for many changes.
        MainLoop.whenIdle { [weak self] in
            guard let self else { return }
            isReportDue = false
            actions.moved()
        }
    }

    // MARK: Focus

    private var bubbles: [MessageRowView] { order.compactMap { views[$0] }.filter { $0.row.bubble != nil } }

    /// The message that has the keyboard.
    var focused: MessageRow? { bubbles.first { $0.root.containsFocus }?.row }

    @discardableResult func focusLast() -> Bool { bubbles.last?.root.grabFocus() ?? false }

    /// Moves the keyboard up or down; false at the ends.
    func moveFocus(_ step: Int) -> Bool {
        let bubbles = bubbles
        guard let index = bubbles.firstIndex(where: { $0.root.containsFocus }), bubbles.indices.contains(index + step)
        else {
            return false
        }
        return bubbles[index + step].root.grabFocus()
    }

    func openMenuOfFocused() {
        guard let view = bubbles.first(where: { $0.root.containsFocus }) else { return }
        actions.menu(view.row, view.menuAnchor, nil)
    }

    private func openMenu(_ x: Double, _ y: Double) {
        for view in bubbles {
            guard let bounds = view.root.bounds(in: column), (bounds.y..<(bounds.y + bounds.height)).contains(y) else {
                continue
            }
            return actions.menu(view.row, column, (x, y))
        }
    }
}
