import Testing

@testable import MediaKit

@Suite("Relays") struct RelayTests {
    @Test(arguments: [
        ("turn:relay.example", "turn://u%2Fs:p%40w@relay.example:3478"),
        ("turn:relay.example:5000?transport=tcp", "turn://u%2Fs:p%40w@relay.example:5000?transport=tcp"),
        ("turn:[2001:db8::1]", "turn://u%2Fs:p%40w@[2001:db8::1]:3478"),
        ("turns:relay.example", "turns://u%2Fs:p%40w@relay.example:5349"),
        ("stun:relay.example:19302", "stun://relay.example:19302"),
    ])
    func `addresses take the engine's form, and names are escaped`(address: String, expected: String) {
        #expect(PeerOptions.Relay(url: address, username: "u/s", credential: "p@w").engineURL?.text == expected)
    }

    @Test(arguments: ["turn:", "http://relay.example", "turn:a@b", "turn"])
    func `what is no address of a relay is left out`(address: String) {
        #expect(PeerOptions.Relay(url: address, username: "u", credential: "p").engineURL == nil)
    }

    @Test func `a relay without a name and a word is left out`() {
        #expect(PeerOptions.Relay(url: "turn:relay.example").engineURL == nil)
    }
}
