import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

extension ShallotCLI {
    /// Opens the profile, hands it to `body`, and closes it whatever happens.
    func withProfile<Value: Sendable>(_ body: @Sendable (Messenger) async throws -> Value) async throws -> Value {
        try await Failure.translating {
            let directory = try directory()
            let choice = NetworkChoice(
                named: network.map { URL(filePath: $0) }, directory: directory, installed: Self.installedDefinition)
            let messenger = try await Messenger.open(
                MessengerOptions(
                    directory: directory, definition: try choice.load(), keyring: noKeyring ? nil : .desktop))
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(messenger))
            } catch {
                result = .failure(error)
            }
            await messenger.close()
            return try result.get()
        }
    }

    /// The same, connected to the network for sending. Only `receive` fetches: another command would swallow the events.
    func withConnection<Value: Sendable>(_ body: @Sendable (Messenger) async throws -> Value) async throws -> Value {
        try await withProfile { messenger in
            guard try await messenger.account() != nil else { throw AccountError.none }
            await messenger.start(receives: false)
            return try await body(messenger)
        }
    }

    private func directory() throws -> URL {
        if let data { return URL(filePath: data, directoryHint: .isDirectory).standardizedFileURL }
        let environment = ProcessInfo.processInfo.environment
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") {
            return URL(filePath: base, directoryHint: .isDirectory).appending(path: "shallot-cli")
        }
        return FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share/shallot-cli")
    }

    /// `share/shallot/networks/main.json` beside the directory of the program, as `Scripts/install` puts it.
    private static var installedDefinition: URL? {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
        let file = program.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "share/shallot/networks/main.json")
        return FileManager.default.isReadableFile(atPath: file.path) ? file : nil
    }
}

extension AccountID {
    /// Reads an argument. - Throws: ``Failure`` with the reason.
    static func argument(_ text: String) throws -> AccountID {
        do {
            return try AccountID.parse(userInput: text)
        } catch {
            throw Failure(.data, error.description)
        }
    }
}
