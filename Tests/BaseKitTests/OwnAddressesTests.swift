import BaseKit
import Testing

@Suite struct OwnAddressesTests {
    @Test func `addresses that lead somewhere are told, and the same ones again`() throws {
        let found = try #require(OwnAddresses.current())
        #expect(!found.contains("127.0.0.1") && !found.contains("::1"))
        #expect(!found.contains { $0.hasPrefix("fe80") || $0.hasPrefix("169.254.") })
        #expect(OwnAddresses.current() == found)
    }
}
