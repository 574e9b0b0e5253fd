import BaseKit

/// How the JSON inside layers is written. Every node reads both; the difference shows only to those who open a layer.
public enum OnionDialect: Sendable {
    /// As Session Desktop and Android write it: nothing that is the default. What Shallot sends.
    case compact
    /// As libsession writes it: every field, in alphabetical order.
    case libsession

    /// For the node that is the destination itself.
    var final: [UInt8] { Array((self == .compact ? #"{"headers":{}}"# : #"{"headers":""}"#).utf8) }

    /// For the entry node, outside its layer.
    func entry(ephemeralKey: [UInt8], cipher: OnionCipher) -> [UInt8] {
        switch self {
        case .compact: Array(#"{"ephemeral_key":"\#(ephemeralKey.hex)"\#(suffix(cipher))}"#.utf8)
        case .libsession:
            Array(#"{"enc_type":"\#(cipher.rawValue)","ephemeral_key":"\#(ephemeralKey.hex)"}"#.utf8)
        }
    }

    /// For a node that passes the blob on to `next`.
    func relay(to next: [UInt8], ephemeralKey: [UInt8], cipher: OnionCipher) -> [UInt8] {
        let (next, key) = (next.hex, ephemeralKey.hex)
        return switch self {
        case .compact: Array(#"{"destination":"\#(next)","ephemeral_key":"\#(key)"\#(suffix(cipher))}"#.utf8)
        case .libsession:
            Array(#"{"destination":"\#(next)","enc_type":"\#(cipher.rawValue)","ephemeral_key":"\#(key)"}"#.utf8)
        }
    }

    /// For a node that hands the blob to a server.
    func exit(to server: OnionServer, ephemeralKey: [UInt8], cipher: OnionCipher) -> [UInt8] {
        switch self {
        case .compact:
            var text = Array(#"{"host":"#.utf8)
            JSONValue.write(server.host, to: &text)
            text.append(contentsOf: #","target":"#.utf8)
            JSONValue.write(server.target, to: &text)
            text.append(contentsOf: #","method":"POST""#.utf8)
            if server.protocol != .https || server.port != OnionScheme.https.defaultPort {
                text.append(contentsOf: #","protocol":"\#(server.protocol.rawValue)","port":\#(server.port)"#.utf8)
            }
            text.append(contentsOf: #","ephemeral_key":"\#(ephemeralKey.hex)"\#(suffix(cipher))}"#.utf8)
            return text
        case .libsession:
            let fields: JSONValue = [
                "enc_type": .string(cipher.rawValue), "ephemeral_key": .string(ephemeralKey.hex),
                "host": .string(server.host), "method": "POST", "port": .int(Int64(server.port)),
                "protocol": .string(server.protocol.rawValue), "target": .string(server.target),
            ]
            return fields.encoded()
        }
    }

    private func suffix(_ cipher: OnionCipher) -> String {
        cipher == .aesGCM ? "" : #","enc_type":"\#(cipher.rawValue)""#
    }
}
