import BaseKit

/// The answer of a version 4 server after decryption: `l<len>:<json>[<len>:<body>]e`.
/// - Source: network.md §3.5
public struct V4Reply: Hashable, Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    /// `nil` when the list has no second part.
    public var body: [UInt8]?

    public init(status: Int, headers: [String: String] = [:], body: [UInt8]?) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    public func encoded() -> [UInt8] {
        let head: JSONValue = [
            "code": .int(Int64(status)), "headers": .object(headers.mapValues(JSONValue.string)),
        ]
        return V4List.encode(head.encoded(), body)
    }

    public static func parse(_ bytes: [UInt8]) throws(OnionError) -> V4Reply {
        guard let (head, body) = V4List.parse(bytes) else { throw .malformedReply("not a list of two strings") }
        guard let fields = (try? JSONValue.parse(head))?.objectValue else { throw .malformedReply("not a JSON object") }
        guard let status = fields["code"]?.intValue, (100...999).contains(status) else {
            throw .malformedReply("no code")
        }
        let pairs = (fields["headers"]?.objectValue ?? [:]).compactMap { name, value in
            value.stringValue.map { (name.lowercased(), $0) }
        }
        return V4Reply(status: status, headers: Dictionary(pairs) { first, _ in first }, body: body)
    }
}

public typealias ServerReply = V4Reply

/// The bencoded list of one or two strings that carries version 4 requests and replies.
enum V4List {
    static func encode(_ head: [UInt8], _ body: [UInt8]?) -> [UInt8] {
        var list: [UInt8] = []
        list.reserveCapacity(head.count + (body?.count ?? 0) + 24)
        list.append(UInt8(ascii: "l"))
        BTValue.write(head, to: &list)
        if let body { BTValue.write(body, to: &list) }
        list.append(UInt8(ascii: "e"))
        return list
    }

    static func parse(_ bytes: [UInt8]) -> (head: [UInt8], body: [UInt8]?)? {
        let limits = BencodeLimits(bytes: OnionRequest.maximumBody * 2, depth: 1, values: 4)
        guard let parts = (try? BTValue.parse(bytes, limits: limits))?.listValue, (1...2).contains(parts.count),
            let head = parts[0].bytesValue
        else { return nil }
        if parts.count == 1 { return (head, nil) }
        guard let body = parts[1].bytesValue else { return nil }
        return (head, body)
    }
}
