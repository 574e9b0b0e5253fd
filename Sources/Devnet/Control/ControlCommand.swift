import SessionWire

/// What the control endpoint understands: one JSON object with `command` and its parameters.
enum ControlCommand: String, CaseIterable, Sendable {
    case status, observations, messages, sweep
    case stopNode = "stop-node"
    case startNode = "start-node"
    case slowNode = "slow-node"
    case muteNode = "mute-node"
    case skewClock = "skew-clock"
    case wipeNode = "wipe-node"
    case listNode = "list-node"
    case hideNode = "hide-node"
    case fault
    case clearFault = "clear-fault"
    case clearFaults = "clear-faults"
    case moveSwarm = "move-swarm"
    case stopSeeds = "stop-seeds"
    case startSeeds = "start-seeds"
    case seedMode = "seed-mode"
    case advanceClock = "advance-clock"
    case registerName = "register-name"
    case allowServer = "allow-server"
    case limitRate = "limit-rate"
    case clearObservations = "clear-observations"
    case inject

    /// Its parameters and what it does, for `--help`.
    var usage: (parameters: String, effect: String) {
        switch self {
        case .status: ("", "nodes, swarms, seeds, planned faults, counts")
        case .observations: ("node", "what the node saw: role, peer, nextHop, server, method, account; and counts")
        case .clearObservations: ("", "forget all observations and counts")
        case .messages: ("account [namespace]", "hashes of the account's messages on each member of its swarm")
        case .inject: ("account data [namespace] [node]", "put base64 data into the account's swarm, unchecked")
        case .stopNode: ("node", "refuse connections")
        case .startNode: ("node", "listen again on the same port")
        case .slowNode: ("node ms", "wait before every answer; 0 ends it")
        case .muteNode: ("node [on]", "accept connections and say nothing")
        case .skewClock: ("node ms", "set the node's clock ahead, or back")
        case .wipeNode: ("node", "lose all messages")
        case .listNode: ("node on [known]", "leave or join the lists and swarms; known:true still relays")
        case .hideNode: ("node hidden [on]", "the node has never heard of another one")
        case .fault:
            ("kind [node role method account after times probability status text]", "plan a fault; answers its number")
        case .clearFault: ("number", "end one planned fault")
        case .clearFaults: ("[node]", "end all planned faults")
        case .moveSwarm: ("account [swarm carry]", "move an account to another swarm: 421 from the old one")
        case .stopSeeds: ("[seed]", "stop one seed or all")
        case .startSeeds: ("[seed]", "start one seed or all")
        case .seedMode: ("mode [seed]", SeedMode.allCases.map(\.rawValue).joined(separator: ", "))
        case .advanceClock: ("ms [sweep]", "move the network's clock on; expired messages go unless sweep:false")
        case .sweep: ("", "remove expired messages now")
        case .registerName: ("name account", "register a name")
        case .allowServer: ("host port", "let exits contact a server")
        case .limitRate: ("[burst perSecond]", "limit direct requests from one address; without parameters no limit")
        }
    }
}

/// The control commands in words, for `devnet --help`.
public var controlHelp: String {
    let lines = ControlCommand.allCases.map { command in
        "  \(command.rawValue) \(command.usage.parameters)\n      \(command.usage.effect)"
    }
    let kinds = Fault.Kind.allCases.map(\.rawValue).joined(separator: " ")
    return """
        Control commands (POST a JSON object {"command": …} to the control port):
        \(lines.joined(separator: "\n"))
        Fault kinds: \(kinds)
        Roles: entry relay destination exit direct member
        """
}
