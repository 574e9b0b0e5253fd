/// The peer's candidates: each is handed to the engine once, and only within the ICE generation that it belongs to.
/// Peers repeat them, send those of former calls along, and sometimes send them ahead of their description.
/// - Source: calls.md §6.3, §10
struct HeardCandidates: Hashable, Sendable {
    private var waiting: [ICECandidate] = []
    private var known: Set<String> = []

    /// Takes up a batch. What is over the limit of a call is left out.
    mutating func add(_ batch: [ICECandidate]) {
        for candidate in batch where known.count < CallSignal.maximumCandidates {
            if known.insert("\(candidate.mediaIndex) \(candidate.text)").inserted { waiting.append(candidate) }
        }
    }

    /// Hands out what fits `generation`; the rest waits for a description that it belongs to.
    mutating func take(in generation: String) -> [ICECandidate] {
        let usable = waiting.filter { $0.isUsable(in: generation) }
        waiting.removeAll { $0.isUsable(in: generation) }
        return usable
    }

    /// A new generation of the peer: it says everything anew, and some of the words are the same.
    mutating func beginGeneration() { known = Set(waiting.map { "\($0.mediaIndex) \($0.text)" }) }
}
