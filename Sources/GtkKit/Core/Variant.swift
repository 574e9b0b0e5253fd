import CAdwaita
import CGtkKit

/// Makes and reads GVariants. What is made floats, as GLib's functions expect it.
enum Variant {
    static func tuple(_ members: [OpaquePointer?]) -> OpaquePointer? {
        g_variant_new_tuple(members, gsize(members.count))
    }

    static func strings(_ strings: [String]) -> OpaquePointer? {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer<CChar>($0) }
        return g_variant_new_strv(pointers, gssize(pointers.count))
    }

    /// The type `a{sv}`.
    static func dictionary(_ entries: [(String, OpaquePointer?)]) -> OpaquePointer? {
        let members = entries.map { g_variant_new_dict_entry(g_variant_new_string($0), g_variant_new_variant($1)) }
        let type = g_variant_type_new("{sv}")
        defer { g_variant_type_free(type) }
        return g_variant_new_array(type, members, gsize(members.count))
    }

    /// Runs `body` with a member of a tuple if it is there and has this type.
    private static func member<Result>(
        _ index: Int, of tuple: OpaquePointer, type: String, _ body: (OpaquePointer) -> Result
    ) -> Result? {
        guard g_variant_is_container(tuple) != 0, index < Int(g_variant_n_children(tuple)),
            let member = g_variant_get_child_value(tuple, gsize(index))
        else { return nil }
        defer { g_variant_unref(member) }
        return string(g_variant_get_type_string(member)) == type ? body(member) : nil
    }

    static func string(_ index: Int, of tuple: OpaquePointer) -> String? {
        member(index, of: tuple, type: "s") { GtkKit.string(g_variant_get_string($0, nil)) }
    }
    static func uint32(_ index: Int, of tuple: OpaquePointer) -> UInt32? {
        member(index, of: tuple, type: "u") { g_variant_get_uint32($0) }
    }
    /// A truth value inside a variant, as properties come.
    static func flag(_ index: Int, of tuple: OpaquePointer) -> Bool? {
        member(index, of: tuple, type: "v") { box -> Bool? in
            guard let value = g_variant_get_variant(box) else { return nil }
            defer { g_variant_unref(value) }
            return string(g_variant_get_type_string(value)) == "b" ? g_variant_get_boolean(value) != 0 : nil
        } ?? nil
    }
    /// A number inside a variant.
    static func boxedNumber(_ index: Int, of tuple: OpaquePointer) -> UInt32? {
        member(index, of: tuple, type: "v") { box -> UInt32? in
            guard let value = g_variant_get_variant(box) else { return nil }
            defer { g_variant_unref(value) }
            return string(g_variant_get_type_string(value)) == "u" ? g_variant_get_uint32(value) : nil
        } ?? nil
    }

    /// A text in a dictionary `a{sv}`: also an object path.
    static func text(_ key: String, in index: Int, of tuple: OpaquePointer) -> String? {
        entry(key, in: index, of: tuple) { value in
            ["s", "o"].contains(string(g_variant_get_type_string(value)))
                ? GtkKit.string(g_variant_get_string(value, nil)) : nil
        }
    }

    /// The first number of the first structure of an array of them, in a dictionary `a{sv}`.
    static func firstNumber(in key: String, in index: Int, of tuple: OpaquePointer) -> UInt32? {
        entry(key, in: index, of: tuple) { array in
            guard string(g_variant_get_type_string(array)).hasPrefix("a(u"), g_variant_n_children(array) > 0,
                let first = g_variant_get_child_value(array, 0)
            else { return nil }
            defer { g_variant_unref(first) }
            return uint32(0, of: first)
        }
    }

    private static func entry<Result>(
        _ key: String, in index: Int, of tuple: OpaquePointer, _ read: (OpaquePointer) -> Result?
    ) -> Result? {
        member(index, of: tuple, type: "a{sv}") { dictionary -> Result? in
            guard let value = g_variant_lookup_value(dictionary, key, nil) else { return nil }
            defer { g_variant_unref(value) }
            return read(value)
        } ?? nil
    }

    static func strings(_ index: Int, of tuple: OpaquePointer) -> [String]? {
        member(index, of: tuple, type: "as") { array in
            (0..<g_variant_n_children(array)).compactMap { place -> String? in
                guard let item = g_variant_get_child_value(array, place) else { return nil }
                defer { g_variant_unref(item) }
                return GtkKit.string(g_variant_get_string(item, nil))
            }
        }
    }
    private static func string(_ pointer: UnsafePointer<CChar>?) -> String { GtkKit.string(pointer) }
}
