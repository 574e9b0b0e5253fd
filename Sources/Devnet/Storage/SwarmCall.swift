import BaseKit

/// What a member of a swarm needs to know besides the request.
struct MemberContext: Sendable {
    /// The member's own clock, Unix milliseconds.
    let now: Int64
    /// Another member handed the request on.
    let isForwarded: Bool
    /// Revocations vanish with the last message.
    let revocationsNeedMessages: Bool

    func isTimely(_ timestamp: Int64, relaxedWhenForwarded: Bool = false) -> Bool {
        let tolerance =
            isForwarded && relaxedWhenForwarded ? StorageLimits.forwardedTolerance : StorageLimits.signatureTolerance
        return timestamp >= now - tolerance && timestamp <= now + tolerance
    }
}

/// One member's part of the answer, and the bytes that its signature covers.
struct MemberResult: Sendable {
    var fields: Fields
    var signed: [UInt8]
}

/// A request that the contacted member carries out and hands on to all other members of the swarm.
/// - Source: network.md §4.4
protocol SwarmCall: Sendable {
    var method: String { get }
    var owner: Owner { get }
    /// Checks and does one member's part.
    func perform(on store: inout NodeStore, _ context: MemberContext) throws(RPCFailure) -> MemberResult
    /// Adds what stands beside the member results; may change the status.
    func finish(_ reply: inout Fields, own: MemberResult, members: [Fields]) -> Int
}

extension SwarmCall {
    func finish(_: inout Fields, own _: MemberResult, members _: [Fields]) -> Int { 200 }
}

/// The ASCII text that a signature covers, from its parts.
func signedText(_ parts: [String]) -> [UInt8] { parts.flatMap { Array($0.utf8) } }
