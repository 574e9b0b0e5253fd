import CAdwaita
import CGtkKit

/// Swift values for a `ListView`. `apply` splices only what came, went or moved, and shows changed values in the rows that
/// are on screen, so that scrolling, focus and selection survive.
public final class ListModel<Item: Identifiable & Equatable> {
    /// What one native item carries; the same one for as long as its id is in the list.
    final class Cell {
        var item: Item
        init(_ item: Item) { self.item = item }
    }

    public private(set) var items: [Item] = []
    let store: Object
    private var objects: [Item.ID: Object] = [:]
    private var cells: [Item.ID: Cell] = [:]
    /// Set by the list view: a value that is on screen has changed.
    var changed: (Item) -> Void = { _ in }

    public init() {
        guard let store = g_list_store_new(gtkkit_item_type()) else { preconditionFailure("GIO makes list stores") }
        self.store = Object(adopting: UnsafeMutableRawPointer(store))
    }

    /// Makes the list show exactly `new`. Ids must be unique; of two equal ones the first stays.
    public func apply(_ new: [Item]) {
        var seen = Set<Item.ID>(minimumCapacity: new.count)
        let new = new.filter { seen.insert($0.id).inserted }
        let shorter = min(items.count, new.count)
        var prefix = 0
        while prefix < shorter, items[prefix].id == new[prefix].id { prefix += 1 }
        var suffix = 0
        while suffix < shorter - prefix, items[items.count - 1 - suffix].id == new[new.count - 1 - suffix].id {
            suffix += 1
        }

        var altered: [Item] = []
        for item in new {
            guard let cell = cells[item.id] else { continue }
            if cell.item != item { altered.append(item) }
            cell.item = item
        }
        let removed = items.count - prefix - suffix
        let added = Array(new[prefix..<(new.count - suffix)])
        items = new
        if removed > 0 || !added.isEmpty {
            var natives: [gpointer?] = added.map { item in object(for: item).withRaw { $0 } }
            store.withOpaque { g_list_store_splice($0, guint(prefix), guint(removed), &natives, guint(natives.count)) }
        }
        if objects.count > new.count {
            objects = objects.filter { seen.contains($0.key) }
            cells = cells.filter { seen.contains($0.key) }
        }
        altered.forEach(changed)
    }

    private func object(for item: Item) -> Object {
        if let known = objects[item.id] { return known }
        let cell = Cell(item)
        let payload = Unmanaged.passRetained(cell).toOpaque()
        guard
            let native = gtkkit_item_new(
                payload, { payload in if let payload { Unmanaged<AnyObject>.fromOpaque(payload).release() } })
        else { preconditionFailure("GObject makes items") }
        let made = Object(adopting: UnsafeMutableRawPointer(native))
        objects[item.id] = made
        cells[item.id] = cell
        return made
    }

    /// The value inside a native item of this list.
    func item(in native: UnsafeMutableRawPointer) -> Item? {
        gtkkit_item_get_payload(native).map { Unmanaged<Cell>.fromOpaque($0).takeUnretainedValue().item }
    }
}
