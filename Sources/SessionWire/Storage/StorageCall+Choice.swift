extension StorageCall {
    /// A choice by the versions of node and chain.
    /// - Source: network.md §4.14
    public struct Choice: Hashable, Sendable {
        struct Condition: Hashable, Sendable {
            enum Subject: Sendable { case hardFork, version, height }

            let subject: Subject
            /// At least the numbers, otherwise before them.
            let isAtLeast: Bool
            let numbers: [Int]

            /// Reads all conditions; there must be one.
            static func parse(_ fields: [String: JSONValue]) throws(StorageRefusal) -> [Condition] {
                let kinds: [(String, Subject, Bool, Int)] = [
                    ("hf_at_least", .hardFork, true, 2), ("hf_before", .hardFork, false, 2),
                    ("v_at_least", .version, true, 3), ("v_before", .version, false, 3),
                    ("height_at_least", .height, true, 1), ("height_before", .height, false, 1),
                ]
                var conditions: [Condition] = []
                for (name, subject, isAtLeast, limit) in kinds {
                    guard let value = fields[name], !value.isNull else { continue }
                    let items = value.arrayValue ?? [value]
                    let numbers = items.compactMap(\.intValue)
                    guard numbers.count == items.count, 1...limit ~= numbers.count else {
                        throw .invalid("Invalid value given for '\(name)': expected up to \(limit) integers")
                    }
                    conditions.append(Condition(subject: subject, isAtLeast: isAtLeast, numbers: numbers))
                }
                guard !conditions.isEmpty else {
                    throw .invalid("Invalid ifelse request: at least one condition is required")
                }
                return conditions
            }
        }

        let conditions: [Condition]
        public let then: StorageCall?
        public let otherwise: StorageCall?

        /// Whether all conditions hold on a node like this. Numbers that a condition leaves out are zeros.
        public func holds(hardFork: [Int], version: [Int], height: Int) -> Bool {
            conditions.allSatisfy { condition in
                let have =
                    switch condition.subject {
                    case .hardFork: hardFork
                    case .version: version
                    case .height: [height]
                    }
                let missing = max(0, have.count - condition.numbers.count)
                let wanted = condition.numbers + [Int](repeating: 0, count: missing)
                return have.lexicographicallyPrecedes(wanted) != condition.isAtLeast
            }
        }
    }
}
