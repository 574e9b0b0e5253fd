import BaseKit
import Devnet
import SessionWire
import SodiumKit
import Testing

@Suite("The Echo contact") struct EchoTests {
    private func write(_ data: DataMessage, from person: Person, to echo: AccountID, on devnet: Devnet) async throws {
        let content = MessageContent(kind: .data(data), sentTimestamp: UInt64(await devnet.now))
        let bytes = try DirectMessage.encode(content, from: person.keys, to: echo, random: SystemRandom())
        await devnet.inject(bytes, for: echo)
    }

    /// Waits until the person has so many messages, and opens them in the order of their times.
    private func inbox(_ person: Person, on devnet: Devnet, count: Int) async throws -> [DirectMessage.Decoded] {
        var stored = await devnet.messages(of: person.id)[0]
        while stored.count < count {
            try await Task.sleep(for: .milliseconds(10))
            stored = await devnet.messages(of: person.id)[0]
        }
        return try stored.map { try DirectMessage.decode($0.data, keys: person.keys) }
            .sorted { $0.timestamp < $1.timestamp }
    }

    @Test(.timeLimit(.minutes(5))) func `it accepts a request once and answers every text`() async throws {
        let client = try await DevnetClient.start()
        let echo = try await client.devnet.startEcho()
        let person = Person()
        try await write(DataMessage(body: "hello"), from: person, to: echo.accountID, on: client.devnet)
        let first = try await inbox(person, on: client.devnet, count: 2)
        #expect(first.map(\.sender) == [echo.accountID, echo.accountID])
        let profile = Profile(displayName: "Echo")
        #expect(first[0].content.kind == .messageRequestResponse(.init(isApproved: true, profile: profile)))
        #expect(first[1].content.kind == .data(DataMessage(body: "You said: hello", profile: profile)))

        try await write(DataMessage(body: "again"), from: person, to: echo.accountID, on: client.devnet)
        let second = try await inbox(person, on: client.devnet, count: 3)
        #expect(second[2].content.kind == .data(DataMessage(body: "You said: again", profile: profile)))
        await client.devnet.stop()
    }

    @Test(.timeLimit(.minutes(5)))
    func `it keeps quiet about copies, empty messages and what it cannot read`() async throws {
        let client = try await DevnetClient.start()
        let echo = try await client.devnet.startEcho()
        let person = Person()
        await client.devnet.inject([1, 2, 3], for: echo.accountID)
        let copy = DataMessage(body: "copy", syncTarget: person.id.description)
        try await write(copy, from: person, to: echo.accountID, on: client.devnet)
        try await write(DataMessage(body: "  "), from: person, to: echo.accountID, on: client.devnet)
        try await write(DataMessage(body: "last"), from: person, to: echo.accountID, on: client.devnet)
        let answers = try await inbox(person, on: client.devnet, count: 2)
        #expect(answers.count == 2)
        guard case .data(let data) = answers[1].content.kind else { throw EchoTestError.unexpected }
        #expect(data.body == "You said: last")
        await client.devnet.stop()
    }
}

private enum EchoTestError: Error { case unexpected }
