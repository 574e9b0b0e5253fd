/// What became of an edit of this device.
public enum EditFate: Equatable, Sendable {
    /// What it made is still so.
    case stands(EditTrace)
    /// All is as it was before, and nobody wanted that: a merge has done it.
    case undone(EditTrace)
    /// A later edit, of whichever device, has taken its place.
    case over
}

/// Merges undo edits: the result of one names every leaf of the config as its change, so that it outdoes whatever another
/// device changed at the same time. Devices that know what they changed can tell that from a change that somebody made.
/// - Source: configs.md §5.5, quirk 1
extension SharedConfig {
    /// What a merge on the way from `before`, which this state contains, to here has made of an edit.
    /// - Parameter heard: what that merge took in.
    public func fate(of trace: EditTrace, since before: SharedConfig, hearing heard: HeardConfigs) -> EditFate {
        var trace = trace
        let (old, new) = (before.data, data)
        // What was changed here later belongs to a later edit.
        trace.leaves = trace.leaves.filter { old.leaf(at: $0.path) == $0.value }
        guard !trace.leaves.isEmpty else { return .over }
        let state = trace.state ?? before.stateName
        // As long as nothing came in, further edits may go into the same state, which has another name then.
        if trace.state == nil, stateName != state { trace.state = state }
        let lost = trace.leaves.filter { new.leaf(at: $0.path) != $0.value }
        guard !lost.isEmpty else { return .stands(trace) }
        guard lost.allSatisfy({ $0.former.contains(new.leaf(at: $0.path)) }) else { return .over }
        guard !heard.isUnaware(of: state, saying: lost, in: new) else { return .undone(trace) }
        return wasWanted(Set(lost.map(\.path)), by: writers(after: state.key), since: old) ? .over : .undone(trace)
    }

    /// Whether the present values of these leaves are the change of a person on some device.
    private func wasWanted(_ lost: Set<[[UInt8]]>, by writers: Writers, since old: ConfigDict) -> Bool {
        let same = Self.leaves(of: old).intersection(Self.leaves(of: data)).subtracting(lost.map { $0 })
        let unchanged = same.filter { old.leaf(at: $0) == data.leaf(at: $0) }
        func isMerge(_ diff: ConfigDiff) -> Bool { diff.isOfMerge(unchanged: unchanged) }
        func names(_ diff: ConfigDiff) -> Bool { !diff.leaves.paths.isDisjoint(with: lost) }
        let earlier = writers.earlier.filter(names)
        guard earlier.allSatisfy(isMerge) else { return true }
        guard let last = writers.last, names(last) else { return false }
        // A merge that knew the edit, and nothing that undoes it, was changed by somebody before it was stored.
        return !isMerge(last) || earlier.isEmpty
    }

    /// Whether somebody changed what stands at `key` on the way from `before` to here, even if it is now as it was. `true`
    /// also if that way is longer than is known.
    public func wasTouched(_ key: String, since before: SharedConfig) -> Bool {
        guard stateName != before.stateName else { return false }
        guard contains(before.stateName) else { return true }
        let old = before.data
        let unchanged = Self.leaves(of: old).filter { old.leaf(at: $0) == data.leaf(at: $0) }
        let writers = writers(after: before.stateName.key)
        return (writers.earlier + (writers.last.map { [$0] } ?? [])).contains { diff in
            diff.leaves.paths.contains([Array(key.utf8)]) && !diff.isOfMerge(unchanged: unchanged)
        }
    }

    private struct Writers {
        var earlier: [ConfigDiff]
        /// The change of the present state itself; `nil` if it is what we made of a merge.
        var last: ConfigDiff?
    }

    private func writers(after key: LagKey) -> Writers {
        switch content {
        case .settled(let message):
            Writers(earlier: message.lags.filter { $0.key > key }.map(\.value), last: message.diff)
        case .draft(let draft): Writers(earlier: draft.lags.filter { $0.key > key }.map(\.value), last: nil)
        }
    }

    private static func leaves(of data: ConfigDict) -> Set<[[UInt8]]> {
        var paths: Set<[[UInt8]]> = []
        ConfigDict.compareLeaves([:], data) { path, _, _ in paths.insert(path) }
        return paths
    }
}

extension HeardConfigs {
    /// Whether those who say what is so now in `data` cannot have known of a state: whoever wrote it, even as an edit that
    /// was made again, did not mean to undo what that state carries.
    fileprivate func isUnaware(
        of state: ConfigStateName, saying leaves: [EditTrace.Leaf], in data: ConfigDict
    ) -> Bool {
        let speakers = messages.filter { message in
            leaves.allSatisfy { message.data.leaf(at: $0.path) == data.leaf(at: $0.path) }
        }
        return !speakers.isEmpty && speakers.allSatisfy { $0.surelyLacks(state.key) }
    }
}

extension ConfigMessage {
    /// Whether the state did not come from that one, so far as it would have to tell.
    fileprivate func surelyLacks(_ other: LagKey) -> Bool {
        sequence < other.sequence + Self.lag && key != other && lags[other] == nil
    }
}

extension ConfigDiff {
    /// Whether it is the change of a merge result. Such a one takes nothing away, and it names what did not change.
    fileprivate func isOfMerge(unchanged: Set<[[UInt8]]>) -> Bool {
        let leaves = leaves
        guard !leaves.takesAway, !unchanged.isEmpty else { return false }
        return leaves.paths.intersection(unchanged).count * 2 >= unchanged.count
    }
}
