import BaseKit
import Foundation
import GtkKit
import MediaKit

/// The program: reads its arguments and hands thread 0 to GLib. `main` must not be `async`, or the main actor would live
/// on another thread than GTK.
@main enum ShallotProgram {
    static let version = "0.1.0"

    static func main() {
        MediaSystem.shareHeaps()
        // A log that nobody reads any more must not end the program.
        signal(SIGPIPE, SIG_IGN)
        let options: LaunchOptions
        do { options = try LaunchOptions(Array(CommandLine.arguments.dropFirst())) } catch {
            LastWords.say("shallot: \(error)")
            exit(2)
        }
        switch options.request {
        case .help: print(LaunchOptions.help)
        case .version: print("shallot \(version)")
        case .run: exit(ShallotApplication(options).run())
        }
    }
}
