/// How a connection is doing.
public struct PeerStatistics: Sendable, Equatable {
    public enum Kind: String, Sendable { case host, serverReflexive = "srflx", peerReflexive = "prflx", relay }

    /// The way that packets take.
    public struct Path: Sendable, Equatable {
        public let local: Kind
        public let remote: Kind
        /// Address and port. Never for a log.
        public let localAddress: String
        public let remoteAddress: String

        public var isRelayed: Bool { local == .relay || remote == .relay }
    }

    /// `nil` before there is one.
    public var path: Path?
    public var receivedBytes: UInt64 = 0
    public var sentBytes: UInt64 = 0
    public var receivedPackets: UInt64 = 0
    public var sentPackets: UInt64 = 0
    /// Seconds; `nil` before the other side reported.
    public var roundTrip: Double?
    /// Of what we send, 0…1, as the other side reports.
    public var lost: Double?
    /// The loudest that our microphone heard since these were asked for last, 0…1; `nil` without one.
    public var microphonePeak: Double?
    /// Smallest and largest packet of sound that we sent; `nil` before the first.
    public var soundPacketSizes: ClosedRange<Int>?
    /// Seconds that sound waits for late packets.
    public var soundWait = 0.0
    /// Seconds by which the distances between packets of sound differ, in the mean.
    public var soundJitter = 0.0
    /// Bits a second that the picture may take.
    public var pictureRate = 0
    /// What the pictures are coded with; `nil` before that is agreed on.
    public var pictureCodec: PictureCodec?

    public init() {}
}
