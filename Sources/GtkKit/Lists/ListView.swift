import CAdwaita
import CGtkKit

/// A row of a `ListView`: one widget that shows different values as the list scrolls.
public protocol ListRow: AnyObject {
    associatedtype Item: Identifiable & Equatable
    var root: Widget { get }
    /// Must be cheap: a jump in the list calls it for every row on screen.
    func show(_ item: Item)
    /// One sentence for screen readers.
    func accessibleLabel(for item: Item) -> String
}

/// A long list of rows of equal height.
public final class ListView: Widget {
    override class var nativeType: GType { gtk_list_view_get_type() }

    /// Fills the list from `rows`; `row` makes a row widget, of which there are about as many as fit the screen, twice.
    /// - Returns: the selection, which follows its item when the list changes.
    public func show<Row: ListRow>(_ rows: ListModel<Row.Item>, row make: @escaping () -> Row) -> ListSelection<
        Row.Item
    > {
        let binder = RowBinder(rows: rows, make: make)
        let factory = Object(adopting: UnsafeMutableRawPointer(gtk_signal_list_item_factory_new()))
        factory.connect("setup") { arguments in arguments.object(0).map(binder.setUp) }
        factory.connect("bind") { arguments in arguments.object(0).map(binder.bind) }
        factory.connect("unbind") { arguments in arguments.object(0).map(binder.unbind) }
        factory.connect("teardown") { arguments in arguments.object(0).map(binder.tearDown) }
        rows.changed = { [weak binder] item in binder?.refresh(item) }
        let selection = ListSelection(rows)
        selection.withRaw { selection in withOpaque { gtk_list_view_set_model($0, OpaquePointer(selection)) } }
        factory.withOpaque { factory in withOpaque { gtk_list_view_set_factory($0, factory) } }
        return selection
    }

    /// A row was clicked or got Enter; with the position in the list.
    public func onActivate(_ body: @escaping (Int) -> Void) { connect("activate") { body(Int($0.uint(0))) } }

    /// Brings the row at a position into view.
    public func scroll(to position: Int) {
        widget {
            _ = gtk_widget_activate_action_variant($0, "list.scroll-to-item", g_variant_new_uint32(guint(position)))
        }
    }
}

/// Joins native list items with Swift rows.
private final class RowBinder<Row: ListRow> {
    private let rows: ListModel<Row.Item>
    private let make: () -> Row
    private var made: [UnsafeMutableRawPointer: Row] = [:]
    private var bound: [Row.Item.ID: UnsafeMutableRawPointer] = [:]

    init(rows: ListModel<Row.Item>, make: @escaping () -> Row) {
        self.rows = rows
        self.make = make
    }

    func setUp(_ listItem: UnsafeMutableRawPointer) {
        let row = make()
        made[listItem] = row
        row.root.widget { gtk_list_item_set_child(OpaquePointer(listItem), $0) }
    }

    func bind(_ listItem: UnsafeMutableRawPointer) {
        guard let native = gtk_list_item_get_item(OpaquePointer(listItem)), let item = rows.item(in: native) else {
            return
        }
        bound[item.id] = listItem
        fill(listItem, item)
    }

    func unbind(_ listItem: UnsafeMutableRawPointer) {
        guard let native = gtk_list_item_get_item(OpaquePointer(listItem)), let item = rows.item(in: native) else {
            return
        }
        if bound[item.id] == listItem { bound[item.id] = nil }
    }

    func tearDown(_ listItem: UnsafeMutableRawPointer) {
        gtk_list_item_set_child(OpaquePointer(listItem), nil)
        made[listItem] = nil
    }

    func refresh(_ item: Row.Item) {
        if let listItem = bound[item.id] { fill(listItem, item) }
    }

    private func fill(_ listItem: UnsafeMutableRawPointer, _ item: Row.Item) {
        guard let row = made[listItem] else { return }
        row.show(item)
        // GTK 4.8 names no rows: the name goes on the toolkit's own row widget around ours.
        let position = gtk_list_item_get_position(OpaquePointer(listItem))
        row.root.parent.map { outer in
            outer.setAccessibleLabel(row.accessibleLabel(for: item))
            outer.name = "list.row.\(position)"
        }
    }
}

/// Which row of a list is selected: none or one.
public final class ListSelection<Item: Identifiable & Equatable>: Object {
    override class var nativeType: GType { gtk_single_selection_get_type() }
    private let rows: ListModel<Item>?
    private var connection: SignalConnection?
    private let present = Present()

    /// The row that is selected as far as anybody was told.
    private final class Present { var id: Item.ID? }

    init(_ rows: ListModel<Item>) {
        self.rows = rows
        // The selection model takes over a reference to the store.
        let model = rows.store.withRaw { OpaquePointer(g_object_ref($0)) }
        guard let selection = gtk_single_selection_new(model) else { preconditionFailure("GTK makes selections") }
        super.init(adopting: UnsafeMutableRawPointer(selection))
        withOpaque {
            gtk_single_selection_set_autoselect($0, 0)
            gtk_single_selection_set_can_unselect($0, 1)
            gtk_single_selection_set_selected($0, guint.max)
        }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) {
        rows = nil
        super.init(retaining: pointer)
    }

    public var selected: Item? {
        guard let rows else { return nil }
        let position = withOpaque { gtk_single_selection_get_selected($0) }
        return Int(position) < rows.items.count ? rows.items[Int(position)] : nil
    }

    /// Selects the row with this id, or none; the handler of `onSelected` does not run.
    public func select(_ id: Item.ID?) {
        let position = id.flatMap { id in rows?.items.firstIndex { $0.id == id } }.map(guint.init) ?? guint.max
        present.id = position == guint.max ? nil : id
        let apply = { self.withOpaque { gtk_single_selection_set_selected($0, position) } }
        if let connection { connection.silently(apply) } else { apply() }
    }

    /// The user selected another row.
    public func onSelected(_ body: @escaping (Item) -> Void) {
        let rows = rows
        connection = connect("notify::selected") { [present] arguments in
            guard let emitter = arguments.emitter, let rows else { return }
            let position = Int(gtk_single_selection_get_selected(OpaquePointer(emitter)))
            guard position < rows.items.count else { return present.id = nil }
            // The place changes as well when rows come in above the selected one.
            guard rows.items[position].id != present.id else { return }
            present.id = rows.items[position].id
            body(rows.items[position])
        }
    }
}
