import ArgumentParser
import Foundation
import ShallotCore
import ShallotStore

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring contacts, profile and settings in step with the account's other devices.",
        discussion: """
            One round: fetches what one node of the swarm has, merges it, and stores what the swarm lacks. Messages are \
            left to `receive`. Ends with exit code 69 if that was not possible within the time.
            """)

    @ParentCommand var root: ShallotCLI
    @Option(help: ArgumentHelp("How long to try.", valueName: "seconds")) var timeout = Seconds(60)

    func run() async throws {
        try await root.withConnection { messenger in
            let isDone = await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        do {
                            try await messenger.sync()
                            return true
                        } catch {
                            // What the network refuses now it may take in a moment.
                            do { try await Task.sleep(for: .milliseconds(500)) } catch { return false }
                        }
                    }
                    return false
                }
                group.addTask { [timeout] in
                    try? await Task.sleep(for: .seconds(timeout.value))  // cancelled: the other task has won
                    return false
                }
                defer { group.cancelAll() }
                return await group.next() ?? false
            }
            guard isDone else {
                throw Failure(.unreachable, "Not in step within \(timeout.value.formatted) seconds.")
            }
            let line = RestoreLine(try await messenger.restoreProgress())
            try root.output.write(line, line.text)
        }
    }
}

/// What is in an account, as the commands print it.
struct RestoreLine: Encodable {
    let profile: Bool
    let displayName: String?
    let contacts: Int
    let groups: Int
    let communities: Int
    let messages: Int
    let isComplete: Bool

    init(_ progress: RestoreProgress) {
        displayName = progress.counts.name
        profile = progress.counts.name != nil
        (contacts, messages) = (progress.counts.contacts, progress.counts.messages)
        (groups, communities) = (progress.counts.groups, progress.counts.communities)
        isComplete = progress.isComplete
    }

    var text: String {
        "\(displayName ?? "(no profile)"): \(contacts) contacts, \(groups) groups, \(communities) communities, "
            + "\(messages) messages\(isComplete ? "" : " (not complete)")"
    }
}
