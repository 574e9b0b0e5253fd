import BaseKit

/// What the JSON inside a layer tells the node to do.
/// - Source: network.md §3.2
package enum OnionControl: Hashable, Sendable {
    case final(wantsJSON: Bool, wantsBase64: Bool)
    case server(host: String, target: String, protocol: String, port: UInt16)
    case relay(next: ServiceNodeID, ephemeralKey: [UInt8], cipher: OnionCipher)

    /// Tested in the order of the reference: `headers`, then `host`, then `destination`.
    package static func parse(_ json: [UInt8]) throws(OnionError) -> OnionControl {
        guard
            let fields = (try? JSONValue.parse(json, limits: .init(bytes: 65_536, depth: 8, values: 256)))?.objectValue
        else { throw .malformedControl("not a JSON object") }
        if fields["headers"] != nil {
            return .final(
                wantsJSON: try flag(fields["json"], default: false),
                wantsBase64: try flag(fields["base64"], default: true))
        }
        if let host = fields["host"] {
            guard let host = host.stringValue, let target = fields["target"]?.stringValue else {
                throw .malformedControl("host and target")
            }
            let scheme: String
            switch fields["protocol"] {
            case nil: scheme = "https"
            case .string(let text): scheme = text
            default: throw .malformedControl("protocol")
            }
            guard let port = (fields["port"] ?? 443).uint64Value.flatMap(UInt16.init(exactly:)) else {
                throw .malformedControl("port")
            }
            return .server(host: host, target: target, protocol: scheme, port: port)
        }
        guard let next = fields["destination"]?.stringValue.flatMap({ ServiceNodeID(hex: $0) }) else {
            throw .malformedControl("destination")
        }
        return .relay(next: next, ephemeralKey: try ephemeralKey(fields), cipher: try cipher(fields))
    }

    static func ephemeralKey(_ fields: [String: JSONValue]) throws(OnionError) -> [UInt8] {
        guard let text = fields["ephemeral_key"]?.stringValue, text.utf8.count == 64, let key = [UInt8](hex: text)
        else {
            throw .malformedControl("ephemeral_key")
        }
        return key
    }

    static func cipher(_ fields: [String: JSONValue]) throws(OnionError) -> OnionCipher {
        guard let field = fields["enc_type"] else { return .aesGCM }
        guard let cipher = field.stringValue.flatMap(OnionCipher.init(wireName:)) else { throw .unknownCipher }
        return cipher
    }

    private static func flag(_ field: JSONValue?, default value: Bool) throws(OnionError) -> Bool {
        guard let field else { return value }
        guard let flag = field.boolValue else { throw .malformedControl("json and base64") }
        return flag
    }
}
