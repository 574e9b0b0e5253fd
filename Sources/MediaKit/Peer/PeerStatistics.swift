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
    /// Smallest and largest packet of sound that we sent; `nil` before the first.
    public var soundPacketSizes: ClosedRange<Int>?
    /// Bits a second that the picture may take.
    public var pictureRate = 0
}
