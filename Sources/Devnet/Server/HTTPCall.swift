/// One request as a server of the devnet reads it, body complete.
struct HTTPCall: Sendable {
    /// Larger bodies are refused with 413 before they are read.
    /// - Source: network.md §3.6
    static let maximumBody = 10_485_760

    let method: String
    /// Path and query exactly as sent.
    let target: String
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]
    /// The dotted address at the other end.
    let peer: String
}

/// What goes back, with the ways in which a broken server can fail to send it.
struct HTTPAnswer: Sendable {
    enum Ending: Sendable, Equatable {
        /// The connection stays open for the next request.
        case keepAlive
        case close
        /// Sends the head and so many bytes of the body, then cuts the connection.
        case cut(after: Int)
        /// Announces and sends this body, then the rest of `total` bytes of filling as fast as the client reads.
        case flood(total: Int)
        /// Sends a body without length and without end, a kilobyte every so often, until the client leaves.
        case endless
        /// Never answers; the connection stays open.
        case hang
        /// Closes without a word.
        case drop
    }

    var status: Int
    var contentType: String?
    var headers: [(String, String)] = []
    var body: [UInt8]
    var ending = Ending.keepAlive

    static func text(_ status: Int, _ text: String) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "text/plain", body: Array(text.utf8))
    }

    static func json(_ status: Int, _ body: [UInt8]) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "application/json", body: body)
    }
}
