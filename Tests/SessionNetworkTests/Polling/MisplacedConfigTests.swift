import SessionWire
import Testing

@testable import SessionNetwork

/// - Source: network.md §4.16
@Suite("Configs among the messages") struct MisplacedConfigTests {
    private let account = [UInt8](repeating: 5, count: 33)
    private let data: [UInt8] = [1, 2, 3]

    private func read(_ messages: [StoredMessage], in namespace: Namespace) throws -> PollResult {
        let json: JSONValue = [
            "results": [["code": 200, "body": ["messages": .array(messages.map(\.json)), "more": false]]]
        ]
        let node = ServiceNode.test(1)
        let answer = SwarmAnswer(node: node, reply: NodeReply(status: 200, body: []), json: json, swarm: [node])
        return try SessionNetwork.read(answer, namespaces: [namespace], account: account, now: 1)
    }

    private func item(of namespace: Namespace, data: [UInt8]? = nil) -> StoredMessage {
        StoredMessage(
            hash: .compute(account: account, namespace: namespace, data: self.data), timestamp: 1, expiration: 2,
            data: data ?? self.data)
    }

    @Test(arguments: [Namespace.userProfile, .contacts, .conversationVolatile, .userGroups])
    func `what a new member was given without a namespace makes it no liar`(namespace: Namespace) throws {
        let result = try read([item(of: namespace)], in: .messages)
        #expect(result.isEmpty)
        #expect(result.complete == [.messages])
        #expect(result.positions[.messages]?.hash == item(of: namespace).hash)
    }

    @Test func `altered items make it one, and so do those of other places`() {
        for (item, place) in [
            (item(of: .messages, data: [9]), Namespace.messages), (item(of: .contacts, data: [9]), .messages),
            (item(of: .groupInfo), .messages), (item(of: .contacts), .userProfile),
        ] {
            #expect(throws: NetworkError.self) { try read([item], in: place) }
        }
    }

    @Test func `messages beside them are kept`() throws {
        let result = try read([item(of: .contacts), item(of: .messages)], in: .messages)
        #expect(result.items[.messages] == [item(of: .messages)])
    }
}
