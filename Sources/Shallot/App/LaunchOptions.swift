/// What the command line asks for.
nonisolated struct LaunchOptions: Equatable, Sendable {
    enum Request: Equatable, Sendable { case run, help, version }
    enum Mistake: Error, Equatable, CustomStringConvertible {
        case unknown(String), missingValue(String), profileName

        var description: String {
            switch self {
            case .unknown(let option): "unknown option \(option). Try: shallot --help"
            case .missingValue(let option): "\(option) takes a value. Try: shallot --help"
            case .profileName: "a profile name has 1 to 32 letters, digits, - or _"
            }
        }
    }

    static let defaultProfile = "default"
    static let maximumProfileName = 32

    var request = Request.run
    var data: String?
    var network: String?
    var profile = defaultProfile
    var startsHidden = false
    var isVerbose = false
    /// Calls send a tone and colour bars, and nothing is played.
    var usesTestMedia = false
    /// End the instance that runs, if there is one.
    var quits = false
    /// Window actions to run after the start, as the desktop entry's menu asks.
    var actions: [String] = []
    var uris: [String] = []
    /// Options that GApplication understands by itself.
    var forwarded: [String] = []

    init(_ arguments: [String]) throws(Mistake) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = argument.hasPrefix("--") ? String(parts[0]) : argument
            var inline = argument.hasPrefix("--") && parts.count == 2 ? String(parts[1]) : nil
            func value() throws(Mistake) -> String {
                defer { inline = nil }
                guard let value = inline ?? rest.popFirst() else { throw .missingValue(option) }
                return value
            }
            switch option {
            case "--data": data = try value()
            case "--network": network = try value()
            case "--profile": profile = try Self.checked(profile: value())
            case "--background": startsHidden = true
            case "--debug": isVerbose = true
            case "--test-media": usesTestMedia = true
            case "--quit": quits = true
            case "--new-conversation": actions.append("new-conversation")
            case "--note-to-self": actions.append("note-to-self")
            case "--gapplication-service": forwarded.append(option)
            case "--version": request = .version
            case "--help", "-h": request = .help
            default:
                guard !argument.hasPrefix("-") else { throw .unknown(argument) }
                uris.append(argument)
            }
            guard inline == nil else { throw .unknown(argument) }
        }
    }

    private static func checked(profile: String) throws(Mistake) -> String {
        let isFine = profile.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard isFine, (1...maximumProfileName).contains(profile.count) else { throw .profileName }
        return profile
    }

    static let help = """
        Usage: shallot [OPTION]... [shallot:ACCOUNT-ID]

        A messenger for the Session network.

          --data DIR           keep the profile in DIR
          --profile NAME       use the profile of that name
          --network FILE       use the network that FILE defines instead of the Session main network
          --background         start without a window
          --new-conversation   open the window for a new conversation
          --note-to-self       open Note to Self
          --quit               end the Shallot that is running
          --debug              write a detailed log to standard error
          --test-media         in calls, a tone and colour bars instead of microphone and camera
          --version            print the version and leave
          --help               print this and leave

        shallot:ACCOUNT-ID opens the conversation with that account. It never sends anything.
        """
}
