import BaseKit
import CAdwaita
import ShallotTestSupport
import Testing

@testable import GtkKit

@MainActor @Suite("The native list") struct ListModelTests {
    private struct Entry: Identifiable, Equatable {
        let id: Int
        var words = ""
        /// Tells whether somebody still keeps the value.
        var mark: Mark?
    }

    private final class Mark: Equatable {
        static func == (one: Mark, other: Mark) -> Bool { one === other }
    }

    private func natives(_ list: ListModel<Entry>) -> [UnsafeMutableRawPointer] {
        list.store.withOpaque { store in
            (0..<g_list_model_get_n_items(store)).compactMap { place in
                g_list_model_get_item(store, place).map { native in
                    // The list itself keeps what it shows.
                    g_object_unref(native)
                    return native
                }
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `after any change the native list is the wanted one, and what stayed is the same object`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let list = ListModel<Entry>()
        var wanted: [Entry] = []
        for _ in 0..<40 {
            let before = Dictionary(uniqueKeysWithValues: zip(list.items.map(\.id), natives(list)))
            wanted.removeAll { _ in Int.random(in: 0..<5, using: &random) == 0 }
            for _ in 0..<Int.random(in: 0..<8, using: &random) {
                let entry = Entry(id: Int.random(in: 0..<60, using: &random))
                guard !wanted.contains(where: { $0.id == entry.id }) else { continue }
                wanted.insert(entry, at: Int.random(in: 0...wanted.count, using: &random))
            }
            if Int.random(in: 0..<6, using: &random) == 0 { wanted.shuffle(using: &random) }
            list.apply(wanted)
            let now = natives(list)
            #expect(now.map { list.item(in: $0)?.id } == wanted.map(\.id))
            for (entry, native) in zip(wanted, now) { #expect(before[entry.id] ?? native == native) }
        }
    }

    @Test func `only another row is a selection, not the same one at another place`() {
        let list = ListModel<Entry>()
        list.apply([Entry(id: 1), Entry(id: 2)])
        let selection = ListSelection(list)
        var told: [Int] = []
        selection.onSelected { told.append($0.id) }
        selection.select(2)
        list.apply([Entry(id: 3), Entry(id: 1), Entry(id: 2)])
        #expect(selection.selected?.id == 2)
        #expect(told == [])
        selection.withOpaque { gtk_single_selection_set_selected($0, 0) }
        #expect(told == [3])
    }

    @Test func `only changed values are shown again, and the list is not touched for them`() {
        let list = ListModel<Entry>()
        list.apply([Entry(id: 1, words: "a"), Entry(id: 2, words: "b")])
        var splices = 0
        var shown: [Int] = []
        list.store.connect("items-changed") { _ in splices += 1 }
        list.changed = { shown.append($0.id) }
        list.apply([Entry(id: 1, words: "a"), Entry(id: 2, words: "c")])
        #expect(shown == [2])
        #expect(splices == 0)
        #expect(natives(list).compactMap { list.item(in: $0)?.words } == ["a", "c"])
    }

    @Test func `of two values with one id the first stays`() {
        let list = ListModel<Entry>()
        list.apply([Entry(id: 1, words: "first"), Entry(id: 1, words: "second")])
        #expect(list.items.map(\.words) == ["first"])
        #expect(natives(list).count == 1)
    }

    @Test func `what left the list is let go`() {
        let list = ListModel<Entry>()
        weak var gone: Mark?
        do {
            let mark = Mark()
            gone = mark
            list.apply([Entry(id: 1, mark: mark), Entry(id: 2)])
        }
        #expect(gone != nil)
        list.apply([Entry(id: 2)])
        #expect(gone == nil)
    }
}
