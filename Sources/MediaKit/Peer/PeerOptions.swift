/// What a connection begins with.
public struct PeerOptions: Sendable {
    /// A server that tells us our public address (`stun:`) or passes everything on (`turn:`).
    public struct Relay: Sendable, Hashable {
        /// `turn:host[:port][?transport=udp|tcp]` or `stun:host[:port]`.
        public var url: String
        public var username: String?
        public var credential: String?

        public init(url: String, username: String? = nil, credential: String? = nil) {
            (self.url, self.username, self.credential) = (url, username, credential)
        }
    }

    public var relays: [Relay]
    /// Everything goes through a relay, and no other way is even looked for.
    public var isRelayOnly: Bool
    /// Stream number of the data channel, which both sides open without being told.
    public var channelID: Int
    public var microphone: AudioInput
    public var camera: VideoInput
    public var sound: AudioOutput
    public var picture: VideoOutput
    /// Our own picture, for the person to see.
    public var ownPicture: (@Sendable (VideoFrame) -> Void)?
    /// What pictures may be coded with, the best first; `nil` for everything that this machine has.
    public var pictureCodecs: [PictureCodec]?

    public init(
        relays: [Relay] = [], isRelayOnly: Bool = false, channelID: Int, microphone: AudioInput = .silence,
        camera: VideoInput = .none, sound: AudioOutput = AudioOutput(), picture: VideoOutput = VideoOutput(),
        ownPicture: (@Sendable (VideoFrame) -> Void)? = nil, pictureCodecs: [PictureCodec]? = nil
    ) {
        (self.relays, self.isRelayOnly, self.channelID) = (relays, isRelayOnly, channelID)
        (self.microphone, self.camera, self.sound, self.picture) = (microphone, camera, sound, picture)
        (self.ownPicture, self.pictureCodecs) = (ownPicture, pictureCodecs)
    }
}

extension PeerOptions.Relay {
    /// The form that webrtcbin reads, and whether it only tells addresses. `nil` for what cannot be used.
    var engineURL: (text: String, isSTUN: Bool)? {
        guard let colon = url.firstIndex(of: ":") else { return nil }
        let (scheme, rest) = (url[..<colon].lowercased(), url[url.index(after: colon)...])
        let parts = rest.split(separator: "?", maxSplits: 1)
        guard let place = parts.first, !place.isEmpty, !place.contains("@") else { return nil }
        let hasPort = place.last != "]" && (place.hasPrefix("[") ? place.contains("]:") : place.contains(":"))
        switch scheme {
        case "stun": return ("stun://\(place)\(hasPort ? "" : ":3478")", true)
        case "turn", "turns":
            guard let username, let credential else { return nil }
            let port = hasPort ? "" : scheme == "turns" ? ":5349" : ":3478"
            let query = parts.count > 1 ? "?\(parts[1])" : ""
            return ("\(scheme)://\(Self.escaped(username)):\(Self.escaped(credential))@\(place)\(port)\(query)", false)
        default: return nil
        }
    }

    /// Everything but letters and digits is escaped.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }.joined()
    }
}
