/// All faults that are waiting to happen.
struct FaultPlan: Sendable {
    private var faults: [(id: Int, fault: Fault)] = []
    private var nextID = 1

    var isEmpty: Bool { faults.isEmpty }
    var all: [Int: Fault] { Dictionary(uniqueKeysWithValues: faults.map { ($0.id, $0.fault) }) }

    mutating func add(_ fault: Fault) -> Int {
        defer { nextID += 1 }
        faults.append((nextID, fault))
        return nextID
    }

    mutating func remove(_ id: Int) { faults.removeAll { $0.id == id } }
    mutating func clear(node: Int? = nil) { faults.removeAll { node == nil || $0.fault.node == node } }

    /// The first fault that fits what is happening now; one with a number of times is used up by it.
    mutating func take(
        _ kinds: Set<Fault.Kind>, node: Int, role: Observation.Role? = nil, methods: Set<String> = [],
        account: String? = nil
    ) -> Fault? {
        for (position, entry) in faults.enumerated() {
            let fault = entry.fault
            guard kinds.contains(fault.kind), fault.node == nil || fault.node == node,
                fault.role == nil || fault.role == role, fault.method.map(methods.contains) ?? true,
                fault.account == nil || fault.account == account,
                fault.probability.map({ Double.random(in: 0..<1) < $0 }) ?? true
            else { continue }
            if let after = fault.after, after > 0 {
                faults[position].fault.after = after - 1
                continue
            }
            if let times = fault.times {
                if times <= 1 { faults.remove(at: position) } else { faults[position].fault.times = times - 1 }
            }
            return fault
        }
        return nil
    }
}
