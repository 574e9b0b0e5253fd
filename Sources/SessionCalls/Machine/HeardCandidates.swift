/// The peer's candidates: each is handed to the engine once, and only within the ICE generation that it belongs to.
/// Peers repeat them, send those of former calls along, and sometimes send them ahead of their description.
/// - Source: calls.md §6.3, §10
struct HeardCandidates: Hashable, Sendable {
    private struct Entry: Hashable {
        let candidate: ICECandidate
        /// The engine has it.
        var isHandedOut = false
        var name: String { "\(candidate.mediaIndex) \(candidate.text)" }
    }

    /// In the order in which they came, never more than a call may have.
    private var entries: [Entry] = []

    /// Takes up a batch. When there are too many, what has waited longest gives way: it belongs to a former call or
    /// generation, of which some peers never stop to speak.
    mutating func add(_ batch: [ICECandidate]) {
        var known = Set(entries.map(\.name))
        for candidate in batch {
            let entry = Entry(candidate: candidate)
            guard !known.contains(entry.name) else { continue }
            if entries.count >= CallSignal.maximumCandidates {
                // All of them in use: more ways than anybody needs.
                guard let oldest = entries.firstIndex(where: { !$0.isHandedOut }) else { return }
                known.remove(entries.remove(at: oldest).name)
            }
            known.insert(entry.name)
            entries.append(entry)
        }
    }

    /// Hands out what fits `generation`; the rest waits for a description that it belongs to.
    mutating func take(in generation: String) -> [ICECandidate] {
        var usable: [ICECandidate] = []
        for index in entries.indices
        where !entries[index].isHandedOut && entries[index].candidate.isUsable(in: generation) {
            entries[index].isHandedOut = true
            usable.append(entries[index].candidate)
        }
        return usable
    }

    /// A new generation of the peer: it says everything anew, and some of the words are the same.
    mutating func beginGeneration() { entries.removeAll(where: \.isHandedOut) }
}
