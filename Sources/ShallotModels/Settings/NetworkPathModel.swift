import Foundation
public import Observation
public import SessionNetwork
import SessionWire

/// A node of a path, as the page shows it.
public nonisolated struct PathHop: Identifiable, Hashable, Sendable {
    public let id: Int
    /// "Entry node", "Middle node", "Exit node".
    public let role: String
    public let address: String
    /// The first characters of the node's key.
    public let keyPrefix: String
    /// What this node can see, or nothing for the one in the middle, which sees neither end.
    public let sees: String

    /// Address, key and country on one line. No table of countries comes with the app.
    public var place: String { [address, keyPrefix, tr("country unknown")].joined(separator: " · ") }
}

/// A path through three nodes, as the page shows it.
public nonisolated struct PathRow: Identifiable, Hashable, Sendable {
    public let id: Int
    public let title: String
    public let state: String
    public let isInUse: Bool
    public let hops: [PathHop]
    /// Age, failures and round-trip time.
    public let facts: [String]
}

/// The page that shows which nodes carry one's messages and lets one choose others.
@Observable
public final class NetworkPathModel {
    /// How often the page looks while it is open.
    nonisolated static let interval = Duration.seconds(2)

    public private(set) var rows: [PathRow] = []
    public private(set) var summary: NetworkSummary
    /// What keeps the network from being ready, in words.
    public private(set) var problem: String?
    public private(set) var isRebuilding = false

    private let network: SessionNetwork
    private let surroundings: Surroundings

    public init(network: SessionNetwork, surroundings: Surroundings = Surroundings()) {
        (self.network, self.surroundings) = (network, surroundings)
        summary = NetworkSummary(network.status)
    }

    public var explanation: String { tr("Your messages take one of two paths. No node knows both ends.") }
    public var guardExplanation: String {
        tr("New paths keep the entry node: it knows your address, and the fewer nodes learn it, the better.")
    }
    public var entryWarning: String {
        tr("The entry node sees your address. Changing it often lets more nodes see it, which lowers your protection.")
    }

    /// Follows the paths until the calling task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await refresh()
            do { try await surroundings.sleep(Self.interval) } catch { return }  // the page was closed
        }
    }

    public func refresh() async {
        let status = network.status
        let paths = await network.paths()
        summary = NetworkSummary(status)
        problem = summary.level == .ready ? nil : status.lastError.map { Notice($0).text }
        let fresh = paths.enumerated().map { Self.row($1, number: $0 + 1) }
        if fresh != rows { rows = fresh }
    }

    /// Builds new paths behind the same entry node, or behind a new one too.
    public func rebuild(changingEntryNode: Bool = false) async {
        guard !isRebuilding else { return }
        isRebuilding = true
        defer { isRebuilding = false }
        await network.rebuildPaths(changingEntryNode: changingEntryNode)
        await refresh()
    }

    /// What *Copy* gives for a bug report: states, no Account ID and no address.
    public var diagnosticText: String {
        var lines = [summary.words]
        if let problem { lines.append(problem) }
        for row in rows {
            lines.append("\(row.title): \(row.state)")
            lines += row.facts
            for hop in row.hops { lines.append("\(hop.role): \(hop.keyPrefix)") }
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ path: PathInfo, number: Int) -> PathRow {
        var facts = [
            trn("Built {n} minute ago", "Built {n} minutes ago", Int(path.age.components.seconds / 60)),
            trn("{n} failure", "{n} failures", path.failures),
        ]
        if let roundTrip = path.roundTrip {
            let milliseconds =
                roundTrip.components.seconds * 1000 + roundTrip.components.attoseconds / 1_000_000_000_000_000
            facts.append(tr("{n} ms there and back", ["n": milliseconds.formatted()]))
        }
        let hops = path.hops.enumerated().map { index, node in
            hop(index, of: path.hops.count, address: node.address.description, key: node.id.description)
        }
        return PathRow(
            id: number, title: tr("Path {n}", ["n": number.formatted()]),
            state: path.isInUse ? tr("In use") : tr("Ready"),
            isInUse: path.isInUse, hops: hops, facts: facts)
    }

    private static func hop(_ index: Int, of count: Int, address: String, key: String) -> PathHop {
        let (role, sees) =
            switch index {
            case 0: (tr("Entry node"), tr("Sees your address, not the destination"))
            case count - 1: (tr("Exit node"), tr("Sees the destination, not you"))
            default: (tr("Middle node"), tr("Sees neither you nor the destination"))
            }
        return PathHop(id: index, role: role, address: address, keyPrefix: String(key.prefix(8)), sees: sees)
    }
}
