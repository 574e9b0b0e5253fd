/// Why a devnet could not be started or steered.
public enum DevnetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option is out of its range.
    case badOption(String)
    /// A port that saved state insists on is taken.
    case portTaken(Int)
    /// No certificate or key could be made.
    case identity
    /// The state directory cannot be used.
    case state(String)
    /// There is no node with this number.
    case noSuchNode(Int)
    /// A control command is unknown or lacks something.
    case badCommand(String)

    public var description: String {
        switch self {
        case .badOption(let name): "The option \(name) is out of range."
        case .portTaken(let port): "Port \(port), which the saved network uses, is taken by another program."
        case .identity: "A node's keys or certificate could not be made."
        case .state(let reason): "The state directory cannot be used: \(reason)."
        case .noSuchNode(let index): "There is no node \(index)."
        case .badCommand(let reason): "The command was not understood: \(reason)."
        }
    }
}
