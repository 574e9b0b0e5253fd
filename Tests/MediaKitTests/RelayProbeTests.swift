import Foundation
import Testing

@testable import MediaKit

@Suite("Whether a relay is there", .timeLimit(.minutes(1))) struct RelayProbeTests {
    @Test func `places are read from addresses`() throws {
        let plain = try #require(RelayProbe.Place("turn:relay.example"))
        #expect(plain.host == "relay.example" && plain.port == "3478" && !plain.isStream)
        let stream = try #require(RelayProbe.Place("turn:[2001:db8::1]:99?transport=tcp"))
        #expect(stream.host == "2001:db8::1" && stream.port == "99" && stream.isStream)
        #expect(RelayProbe.Place("http://relay.example") == nil)
    }

    @Test func `only the answer to one's own question counts`() {
        let question = RelayProbe.Question()
        #expect(question.isAnswered(by: ([1, 1, 0, 0] + question.bytes.dropFirst(4))[...]))
        #expect(question.isAnswered(by: ([1, 0x11, 0, 0] + question.bytes.dropFirst(4))[...]))
        #expect(!question.isAnswered(by: question.bytes[...]))
        #expect(!question.isAnswered(by: ([1, 1, 0, 0] + RelayProbe.Question().bytes.dropFirst(4))[...]))
        #expect(!question.isAnswered(by: [1, 1]))
    }

    @Test func `where nobody listens nothing answers`() async {
        #expect(await !RelayProbe.anyAnswers([]))
        let nobody = ["turn:127.0.0.1:9", "turn:127.0.0.1:9?transport=tcp"].map { PeerOptions.Relay(url: $0) }
        #expect(await !RelayProbe.anyAnswers(nobody))
    }
}
