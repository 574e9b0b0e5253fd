import Foundation
import Logging
import ShallotModels

/// Writes the log to standard error and keeps it for the debug log page. Each has its own measure.
nonisolated struct AppLogHandler: LogHandler {
    /// What belongs in a bug report, and how things went.
    private static let normal = Logger.Level.info

    let label: String
    let memory: DebugLog
    var standardError: StreamLogHandler
    var metadata: Logger.Metadata = [:]

    init(label: String, memory: DebugLog, isVerbose: Bool) {
        (self.label, self.memory) = (label, memory)
        standardError = .standardError(label: label)
        standardError.logLevel = isVerbose ? .debug : .notice
    }

    private var memoryLevel: Logger.Level { memory.isDetailed ? .debug : Self.normal }

    var logLevel: Logger.Level {
        get { min(standardError.logLevel, memoryLevel) }
        set { standardError.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if event.level >= standardError.logLevel { standardError.log(event: event) }
        guard event.level >= memoryLevel else { return }
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let words = details.map { " \($0.key)=\($0.value)" }.joined()
        memory.append("\(event.message)\(words)", level: event.level.rawValue, source: label)
    }
}
