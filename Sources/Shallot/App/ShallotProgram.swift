import Foundation
import GtkKit
import MediaKit

/// The program: reads its arguments and hands thread 0 to GLib. `main` must not be `async`, or the main actor would live
/// on another thread than GTK.
@main enum ShallotProgram {
    static let version = "0.1.0"

    static func main() {
        MediaSystem.shareHeaps()
        let options: LaunchOptions
        do { options = try LaunchOptions(Array(CommandLine.arguments.dropFirst())) } catch {
            FileHandle.standardError.write(Data("shallot: \(error)\n".utf8))
            exit(2)
        }
        switch options.request {
        case .help: print(LaunchOptions.help)
        case .version: print("shallot \(version)")
        case .run: exit(ShallotApplication(options).run())
        }
    }
}
