public import Foundation
public import Observation

/// The page about the debug log: what is in it, reading it before it leaves the program, and saving it.
@Observable
public final class DebugLogModel {
    /// How long details are noted after they were asked for.
    nonisolated static let detailTime = Duration.seconds(15 * 60)
    /// What the file is called when somebody saves it.
    public nonisolated static let fileName = "shallot-debug.log"

    public private(set) var text = ""
    public private(set) var notice: Notice?
    public private(set) var isDetailed: Bool

    private let log: DebugLog
    private let surroundings: Surroundings

    public init(_ log: DebugLog, surroundings: Surroundings = Surroundings()) {
        (self.log, self.surroundings) = (log, surroundings)
        isDetailed = log.isDetailed
        refresh()
    }

    public var contents: String { tr("Times, states, and shortened IDs of nodes, since Shallot was started.") }
    public var absences: String {
        tr("Never in it: messages, names, full IDs, IP addresses, keys. It stays in memory unless you save it.")
    }

    public func refresh() { text = (log.facts + log.lines).joined(separator: "\n") + "\n" }

    /// Notes details for a quarter of an hour, or stops noting them.
    public func setDetailed(_ isOn: Bool) {
        guard isOn != isDetailed else { return }
        isDetailed = isOn
        log.isDetailed = isOn
        guard isOn else { return }
        let surroundings = surroundings
        Task { [weak self, log] in
            do { try await surroundings.sleep(Self.detailTime) } catch { return }  // the program ends
            log.isDetailed = false
            self?.isDetailed = false
        }
    }

    /// - Returns: whether the file is on disk.
    public func save(to file: URL) -> Bool {
        refresh()
        do {
            try Data(text.utf8).write(to: file, options: .atomic)
            return true
        } catch {
            notice = Notice(text: tr("The file could not be written."))
            return false
        }
    }
}
