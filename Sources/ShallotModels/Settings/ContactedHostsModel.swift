import Foundation
public import Observation
public import SessionNetwork

/// A computer that this program talked to, as the page shows it.
public nonisolated struct HostRow: Identifiable, Hashable, Sendable {
    public let id: String
    public let address: String
    /// Why, and how often.
    public let facts: String
}

/// The page that names every computer that Shallot contacted since it started, and why.
@Observable
public final class ContactedHostsModel {
    /// How often the page looks while it is open.
    nonisolated static let interval = Duration.seconds(2)

    public private(set) var rows: [HostRow] = []

    private let network: SessionNetwork
    private let surroundings: Surroundings

    public init(network: SessionNetwork, surroundings: Surroundings = Surroundings()) {
        (self.network, self.surroundings) = (network, surroundings)
    }

    /// Follows the list until the calling task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            refresh()
            do { try await surroundings.sleep(Self.interval) } catch { return }  // the page was closed
        }
    }

    public func refresh() {
        let fresh = network.contactedHosts().map { host in
            HostRow(
                id: "\(host.address) \(host.reason.rawValue)", address: host.address,
                facts: tr(
                    "{reason} · {requests}", ["reason": host.reason.words, "requests": Self.requests(host.count)]))
        }
        if fresh != rows { rows = fresh }
    }

    private static func requests(_ count: Int) -> String { trn("{n} request", "{n} requests", count) }
}

extension ContactedHost.Reason {
    nonisolated var words: String {
        switch self {
        case .seed: tr("gave the list of nodes")
        case .entryNode: tr("entry node of a path")
        case .staticNode: tr("gave the list of nodes, because no seed did")
        }
    }
}
