import BaseKit
import SessionWire

/// The parameters of a control command; what is missing or wrong is named in the answer.
struct ControlParameters {
    let fields: Fields

    func command() throws(DevnetError) -> ControlCommand {
        let name = try text("command")
        guard let command = ControlCommand(rawValue: name) else { throw .badCommand("there is no command \(name)") }
        return command
    }

    func text(_ name: String) throws(DevnetError) -> String {
        guard let text = fields[name]?.stringValue else { throw .badCommand("\(name) is missing") }
        return text
    }

    func optionalInteger(_ name: String) -> Int? { fields[name]?.intValue }

    func integer(_ name: String) throws(DevnetError) -> Int {
        guard let number = optionalInteger(name) else { throw .badCommand("\(name) is missing") }
        return number
    }

    /// On unless it says otherwise.
    func flag(_ name: String) -> Bool { fields[name]?.boolValue ?? true }

    func milliseconds() throws(DevnetError) -> Duration { .milliseconds(try integer("ms")) }

    func account() throws(DevnetError) -> AccountID {
        guard let account = AccountID(try text("account")) else { throw .badCommand("account is no Account ID") }
        return account
    }

    func namespace() throws(DevnetError) -> Namespace {
        guard let namespace = Namespace(rawValue: optionalInteger("namespace") ?? 0) else {
            throw .badCommand("namespace is out of range")
        }
        return namespace
    }

    func data() throws(DevnetError) -> [UInt8] {
        guard let data = [UInt8](base64: try text("data")) else { throw .badCommand("data is not base64") }
        return data
    }

    func seedMode() throws(DevnetError) -> SeedMode {
        guard let mode = SeedMode(rawValue: try text("mode")) else { throw .badCommand("there is no such mode") }
        return mode
    }

    var rateLimit: DevnetOptions.RateLimit? {
        guard let burst = optionalInteger("burst") else { return nil }
        return .init(burst: burst, perSecond: optionalInteger("perSecond") ?? burst)
    }

    func fault() throws(DevnetError) -> Fault {
        guard let kind = Fault.Kind(rawValue: try text("kind")) else { throw .badCommand("there is no such fault") }
        var fault = Fault(kind)
        fault.node = optionalInteger("node")
        if let role = fields["role"]?.stringValue {
            guard let known = Observation.Role(rawValue: role) else { throw .badCommand("there is no such role") }
            fault.role = known
        }
        fault.method = fields["method"]?.stringValue
        fault.account = fields["account"]?.stringValue
        fault.after = optionalInteger("after")
        fault.times = optionalInteger("times")
        fault.probability = fields["probability"]?.doubleValue
        fault.status = optionalInteger("status")
        fault.text = fields["text"]?.stringValue
        return fault
    }
}
