import Foundation
import SessionConfig
import ShallotStore

/// The edits of this device, kept until no merge can undo them any more: until others could see them they are made again
/// when a config fell too far behind, and afterwards when a merge undid what nobody else had touched.
extension ConfigEditor {
    /// An edit that is undone so often has somebody against it who does not tell. A device that is ended again and again
    /// while it merges undoes one several times without meaning to.
    private static let attemptLimit = 10
    /// Nobody has looked at it, changed their mind elsewhere and gone on from there so soon.
    private static let recently: TimeInterval = 300

    /// Makes an edit, but not within what a merge came to: that belongs to all devices alike.
    /// - Returns: whether it made a difference.
    func make(_ edit: ConfigEdit, in config: inout SharedConfig, at date: Date) throws -> Bool {
        var changed = config
        changed.settleMerge()
        try edit.apply(to: &changed, at: date)
        guard changed.data != config.data else { return false }
        config = changed
        return true
    }

    /// Writes an edit down that was made.
    /// - Parameters:
    ///   - before: the data that it changed.
    ///   - config: with the change.
    func note(
        _ edit: ConfigEdit, from before: ConfigDict, in config: SharedConfig, at date: Date, attempts: Int = 0
    ) throws {
        try store.addConfigEdit(
            edit.kind.rawValue, field: edit.field, edit: edit.text, madeAt: date,
            trace: EditTrace(from: before, to: config).text, attempts: attempts)
    }

    /// Makes the edits again that no other device has seen.
    func reapplyEdits(to config: inout SharedConfig) throws {
        for noted in try store.configEdits(config.kind.rawValue) where !noted.isConfirmed {
            guard let edit = ConfigEdit(text: noted.edit) else { continue }
            _ = try make(edit, in: &config, at: noted.madeAt)
        }
    }

    /// The present state is about to be seen by others: the edits that are in it know from now on which it was.
    func stampEdits(_ config: SharedConfig) throws {
        for noted in try store.configEdits(config.kind.rawValue) where !noted.isConfirmed {
            guard var trace = noted.knownTrace, trace.state == nil else { continue }
            trace.state = config.stateName
            try store.setConfigTrace(trace.text, of: noted.id)
        }
    }

    /// Looks after the edits after a merge.
    /// - Parameters:
    ///   - before: the config that others' messages were merged into.
    ///   - heard: those messages.
    func lookAfterEdits(
        of config: inout SharedConfig, since before: SharedConfig, hearing heard: HeardConfigs
    ) throws {
        let noted = try store.configEdits(config.kind.rawValue)
        guard !noted.isEmpty else { return }
        let merged = config
        if config.contains(before.stateName) {
            for edit in noted {
                let fate = edit.knownTrace.map { merged.fate(of: $0, since: before, hearing: heard) }
                if let fate { try settle(edit, fate, in: &config, at: merged.sequence) }
            }
        } else {
            // Others were more than a few pushes ahead: our state went by the board, and what it changed is made again.
            // What the swarm had was most likely known to them, and is as they want it: after a week's sleep this device
            // must not undo what they decided meanwhile. But one that pushes often and hears little can be as far ahead
            // within a minute.
            for edit in noted {
                guard edit.isConfirmed else {
                    try makeAgain(edit, in: &config, edit.attempts)
                    continue
                }
                let fate = edit.knownTrace.map { merged.fate(of: $0, since: before, hearing: heard) }
                if case .undone? = fate, edit.attempts < Self.attemptLimit, isRecent(edit) {
                    try makeAgain(edit, in: &config, edit.attempts + 1)
                } else {
                    try store.removeConfigEdit(edit.id)
                }
            }
        }
        guard !config.needsPush else { return }
        try store.confirmConfigEdits(config.kind.rawValue, upTo: store.lastConfigEdit(config.kind.rawValue))
    }

    private func isRecent(_ edit: ConfigEditRecord) -> Bool {
        abs(now.timeIntervalSince(edit.madeAt)) < Self.recently
    }

    private func settle(
        _ noted: ConfigEditRecord, _ fate: EditFate, in config: inout SharedConfig, at sequence: Int64
    ) throws {
        switch fate {
        case .stands(let trace):
            if noted.isConfirmed, trace.state?.isPast(sequence) ?? true {
                try store.removeConfigEdit(noted.id)
            } else if trace != noted.knownTrace {
                try store.setConfigTrace(trace.text, of: noted.id)
            }
        case .undone:
            if noted.attempts >= Self.attemptLimit { return try store.removeConfigEdit(noted.id) }
            try makeAgain(noted, in: &config, noted.attempts + 1)
        case .over: try store.removeConfigEdit(noted.id)
        }
    }

    private func makeAgain(_ noted: ConfigEditRecord, in config: inout SharedConfig, _ attempts: Int) throws {
        guard let edit = ConfigEdit(text: noted.edit) else { return }
        let before = config.data
        guard try make(edit, in: &config, at: noted.madeAt) else { return }
        try note(edit, from: before, in: config, at: noted.madeAt, attempts: attempts)
    }
}

extension ConfigEditRecord {
    fileprivate var knownTrace: EditTrace? {
        // One that cannot be read is not known.
        trace.flatMap { try? JSONDecoder().decode(EditTrace.self, from: Data($0.utf8)) }
    }
}

extension EditTrace {
    fileprivate var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
