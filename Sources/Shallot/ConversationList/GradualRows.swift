import GtkKit

/// Gives a list its rows bit by bit. GTK's list makes widgets for its first two hundred rows whether they are seen or not: the
/// first frame gets what a window can show, the rest follows when nothing else is to be done.
final class GradualRows<Item: Identifiable & Equatable> {
    /// More rows than the tallest window shows.
    private static var first: Int { 24 }
    /// Some milliseconds of work.
    private static var step: Int { 8 }
    /// Beyond this GTK makes no more widgets, and all rows can come at once.
    private static var widgets: Int { 240 }

    let rows = ListModel<Item>()
    private var wanted: [Item] = []
    private var limit = first
    private var isGrowthDue = false
    private let grown: () -> Void

    /// - Parameter grown: rows came that were asked for earlier.
    init(grown: @escaping () -> Void) { self.grown = grown }

    /// Makes the list show `items`, at once or soon.
    func apply(_ items: [Item]) {
        wanted = items
        rows.apply(Array(items.prefix(limit)))
        growSoon()
    }

    /// The position of an item, which is in the list from now on; `nil` if it is none of the wanted ones.
    func position(of id: Item.ID) -> Int? {
        guard let index = wanted.firstIndex(where: { $0.id == id }) else { return nil }
        if index >= limit {
            limit = index + 1
            rows.apply(Array(wanted.prefix(limit)))
        }
        return index
    }

    private func growSoon() {
        guard limit < wanted.count, !isGrowthDue else { return }
        isGrowthDue = true
        MainLoop.whenIdle { [weak self] in
            guard let self else { return }
            isGrowthDue = false
            limit = limit < Self.widgets ? limit + Self.step : .max
            apply(wanted)
            grown()
        }
    }
}
