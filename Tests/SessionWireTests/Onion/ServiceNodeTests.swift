import BaseKit
import Foundation
import SessionWire
import Testing

@Suite struct ServiceNodeTests {
    @Test(arguments: [
        ("1.2.3.4", 0x0102_0304), ("0.0.0.0", 0), ("255.255.255.255", UInt32.max), ("127.10.0.1", 0x7f0a_0001),
    ])
    func `addresses are read and written`(text: String, value: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.rawValue == value)
        #expect(address.description == text)
        #expect(address.subnet24 == value >> 8)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "01.2.3.4", "1.2.3.-4", "1.2.3.4 ", "a.b.c.d", "1..3.4",
        "::1",
        "1.2.3.4.", "1.2.3.٤", "1111.2.3.4",
    ])
    func `what is no address is refused`(text: String) { #expect(IPv4Address(text) == nil) }

    @Test(arguments: [
        ("10.1.2.3", true), ("127.0.0.1", true), ("172.16.0.1", true), ("172.31.255.255", true), ("172.32.0.1", false),
        ("192.168.1.1", true), ("192.169.1.1", false), ("169.254.9.9", true), ("100.64.0.1", true),
        ("100.128.0.1", false),
        ("224.0.0.1", true), ("255.255.255.255", true), ("8.8.8.8", false), ("0.1.2.3", true),
    ])
    func `addresses of one site are told apart`(text: String, isPrivate: Bool) throws {
        #expect(try #require(IPv4Address(text)).isPrivate == isPrivate)
    }

    @Test func `a node survives being kept as JSON`() throws {
        var node = OnionPathTests.nodes[0].node
        node.swarmID = .max - 1
        let data = try JSONEncoder().encode([node])
        #expect(try JSONDecoder().decode([ServiceNode].self, from: data) == [node])
        #expect(!node.redacted.contains(node.address.description))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                ServiceNode.self, from: Data(#"{"ed25519":"00","x25519":"00","address":"1.2.3.4","port":1}"#.utf8))
        }
    }

    @Test func `the X25519 key follows from the identity`() {
        let node = OnionPathTests.nodes[0].node
        #expect(ServiceNode(ed25519: node.ed25519, address: node.address, port: 1)?.x25519 == node.x25519)
        #expect(ServiceNode(ed25519: [UInt8](repeating: 0, count: 32), address: node.address, port: 1) == nil)
        #expect(ServiceNode(ed25519: [1], x25519: node.x25519, address: node.address, port: 1) == nil)
    }
}
