import CAdwaita
import Testing

@testable import GtkKit

@MainActor @Suite("Values of the message bus") struct VariantTests {
    /// Runs `body` with a value that was made floating.
    private func with(_ value: OpaquePointer?, _ body: (OpaquePointer) -> Void) throws {
        let value = try #require(value)
        g_variant_ref_sink(value)
        defer { g_variant_unref(value) }
        body(value)
    }

    @Test func `members of a tuple are read by place and type`() throws {
        let tuple = Variant.tuple([
            g_variant_new_string("Müller"), g_variant_new_uint32(7), Variant.strings(["a", "b"]),
        ])
        try with(tuple) { tuple in
            #expect(Variant.string(0, of: tuple) == "Müller")
            #expect(Variant.uint32(1, of: tuple) == 7)
            #expect(Variant.strings(2, of: tuple) == ["a", "b"])
        }
    }

    @Test func `a member of another type or place is nothing`() throws {
        try with(Variant.tuple([g_variant_new_string("x")])) { tuple in
            #expect(Variant.uint32(0, of: tuple) == nil)
            #expect(Variant.strings(0, of: tuple) == nil)
            #expect(Variant.string(1, of: tuple) == nil)
        }
        try with(g_variant_new_string("no tuple")) { #expect(Variant.string(0, of: $0) == nil) }
    }

    @Test func `a dictionary has the type that services expect`() throws {
        try with(Variant.dictionary([("urgency", g_variant_new_byte(2)), ("name", g_variant_new_string("n"))])) {
            #expect(String(cString: g_variant_get_type_string($0)) == "a{sv}")
            #expect(g_variant_n_children($0) == 2)
        }
    }
}
