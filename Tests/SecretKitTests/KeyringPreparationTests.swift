import CSecret
import Foundation
import SecretKit
import SodiumKit
import Testing

@Suite("Getting ready for the key ring", .serialized, .timeLimit(.minutes(5))) struct KeyringPreparationTests {
    private static let interfaceType: GType = 2 << 2
    private static let objectType: GType = 20 << 2

    /// What GLib knows so far: types, and those of them whose class was made.
    private static func known() -> Set<String> { known(below: objectType).union(known(below: interfaceType)) }

    private static func known(below type: GType) -> Set<String> {
        var count: guint = 0
        let types = g_type_children(type, &count)
        defer { g_free(types) }
        var found: Set<String> = []
        for child in UnsafeBufferPointer(start: types, count: Int(count)) {
            let name = String(cString: g_type_name(child))
            found.insert(name)
            if g_type_test_flags(child, UInt32(G_TYPE_FLAG_CLASSED.rawValue)) != 0, g_type_class_peek(child) != nil {
                found.insert("class of \(name)")
            }
            found.formUnion(known(below: child))
        }
        return found
    }

    @Test(.enabled(if: PrivateSession.isPossible))
    func `afterwards the calls make nothing that another thread could wait for`() async throws {
        let session = try PrivateSession()
        try session.startKeyring(password: "pw")
        await #expect(processExitsWith: .success) { [address = session.address as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", address, 1)
            Keyring.prepare()
            let before = Self.known()
            #expect(before.contains("class of SecretService"))
            let keyring = Keyring(timeout: .seconds(60))
            try await keyring.store(SecretBytes([UInt8](repeating: 42, count: 32)), profile: "a")
            #expect(try await keyring.load(profile: "a") != nil)
            try await keyring.delete(profile: "a")
            #expect(Self.known().subtracting(before).sorted() == [])
        }
    }
}
