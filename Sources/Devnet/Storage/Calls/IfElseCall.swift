import SessionWire

/// A choice by the versions of node and chain.
/// - Source: network.md §4.14
struct IfElseCall: Sendable {
    /// Lists compared element by element, the shorter one filled up with zeros.
    private struct Condition: Sendable {
        let isAtLeast: Bool
        let subject: Subject
        let numbers: [Int64]
        enum Subject { case hardFork, version, height }
    }

    private var conditions: [Condition] = []
    let then: RPCCall.Named?
    let otherwise: RPCCall.Named?

    init(_ fields: Fields, _ offersActiveNodesBin: Bool) throws(RPCFailure) {
        guard let test = fields["if"]?.objectValue else { throw .invalid("Required field 'if' missing") }
        let names: [(String, Condition.Subject, Bool, Int)] = [
            ("hf_at_least", .hardFork, true, 2), ("hf_before", .hardFork, false, 2), ("v_at_least", .version, true, 3),
            ("v_before", .version, false, 3), ("height_at_least", .height, true, 1),
            ("height_before", .height, false, 1),
        ]
        for (name, subject, isAtLeast, limit) in names {
            guard let value = test[name] else { continue }
            let numbers = (value.arrayValue ?? [value]).compactMap(\.int64Value)
            guard !numbers.isEmpty, numbers.count <= limit, numbers.count == (value.arrayValue?.count ?? 1) else {
                throw .invalid("Invalid value given for '\(name)': expected up to \(limit) integers")
            }
            conditions.append(Condition(isAtLeast: isAtLeast, subject: subject, numbers: numbers))
        }
        guard !conditions.isEmpty else { throw .invalid("ifelse: at least one condition is required") }
        func branch(_ name: String) throws(RPCFailure) -> RPCCall.Named? {
            guard let value = fields[name], !value.isNull else { return nil }
            return try RPCCall.parse(value, offersActiveNodesBin: offersActiveNodesBin, level: .branch)
        }
        then = try branch("then")
        otherwise = try branch("else")
        guard then != nil || otherwise != nil else { throw .invalid("ifelse: 'then' or 'else' is required") }
    }

    func holds(hardFork: [Int], version: [Int], height: Int64) -> Bool {
        conditions.allSatisfy { condition in
            let have: [Int64] =
                switch condition.subject {
                case .hardFork: hardFork.map(Int64.init)
                case .version: version.map(Int64.init)
                case .height: [height]
                }
            var wanted = condition.numbers
            while wanted.count < have.count { wanted.append(0) }
            return have.lexicographicallyPrecedes(wanted) != condition.isAtLeast
        }
    }
}
