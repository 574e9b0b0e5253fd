import Foundation

/// Asks whether relays are there at all, with the shortest question that each answers, to tell somebody what is wrong.
/// - Source: RFC 8489 §5, §6
public enum RelayProbe {
    /// Questions may get lost.
    private static let tries = 3
    private static let patience = timeval(tv_sec: 1, tv_usec: 0)
    /// An address may stand for several machines.
    private static let addresses = 2

    /// - Returns: whether something at one of the addresses answers. Takes up to some seconds.
    public static func anyAnswers(_ relays: [PeerOptions.Relay]) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for relay in relays {
                guard let place = Place(relay.url) else { continue }
                group.addTask { await answers(place) }
            }
            for await isThere in group where isThere {
                group.cancelAll()
                return true
            }
            return false
        }
    }

    /// Sockets wait, so each question has a thread of its own.
    private static func answers(_ place: Place) async -> Bool {
        await withCheckedContinuation { reply in
            Thread.detachNewThread { reply.resume(returning: asks(place)) }
        }
    }

    private static func asks(_ place: Place) -> Bool {
        var hints = addrinfo()
        let kind = place.isStream ? SOCK_STREAM : SOCK_DGRAM
        hints.ai_socktype = Int32(kind.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(place.host, place.port, &hints, &found) == 0, let first = found else { return false }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0.pointee.ai_next }.prefix(addresses).contains { asks($0.pointee) }
    }

    private static func asks(_ address: addrinfo) -> Bool {
        let handle = socket(address.ai_family, address.ai_socktype, 0)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        var patience = patience
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(handle, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        guard connect(handle, address.ai_addr, address.ai_addrlen) == 0 else { return false }
        let question = Question()
        for _ in 0..<tries {
            guard send(handle, question.bytes, question.bytes.count, Int32(MSG_NOSIGNAL)) > 0 else { continue }
            var answer = [UInt8](repeating: 0, count: 548)
            let count = recv(handle, &answer, answer.count, 0)
            if count > 0, question.isAnswered(by: answer.prefix(count)) { return true }
        }
        return false
    }

    /// Host, port and transport of a relay's address.
    struct Place: Equatable, Sendable {
        let host: String
        let port: String
        let isStream: Bool

        init?(_ url: String) {
            let relay = PeerOptions.Relay(url: url, username: "-", credential: "-")
            guard let text = relay.engineURL?.text, let parts = URLComponents(string: text), let host = parts.host,
                !host.isEmpty
            else { return nil }
            self.host = host.trimmingCharacters(in: ["[", "]"])
            port = String(parts.port ?? 3478)
            isStream = parts.query == "transport=tcp" || parts.scheme == "turns"
        }
    }

    /// A binding request.
    struct Question {
        let bytes: [UInt8]
        private static let cookie: [UInt8] = [0x21, 0x12, 0xa4, 0x42]

        init() {
            let number = (0..<12).map { _ in UInt8.random(in: 0...255) }
            bytes = [0, 1, 0, 0] + Self.cookie + number
        }

        /// A refusal is an answer too.
        func isAnswered(by answer: ArraySlice<UInt8>) -> Bool {
            answer.count >= 20 && answer.first == 1 && answer.dropFirst(4).prefix(16).elementsEqual(bytes.dropFirst(4))
        }
    }
}
