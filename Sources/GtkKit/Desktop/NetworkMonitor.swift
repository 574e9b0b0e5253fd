import CAdwaita
import CGtkKit

/// What the desktop knows about the machine's connection.
public final class NetworkMonitor: Object {
    override class var nativeType: GType { g_network_monitor_get_type() }

    public static var shared: NetworkMonitor {
        guard let monitor = g_network_monitor_get_default() else { preconditionFailure("GIO has a network monitor") }
        return NetworkMonitor(retaining: UnsafeMutableRawPointer(monitor))
    }
    public var isAvailable: Bool { withOpaque { g_network_monitor_get_network_available($0) != 0 } }
    /// Whether the connection is paid by volume.
    public var isMetered: Bool { withOpaque { g_network_monitor_get_network_metered($0) != 0 } }
    @discardableResult public func onChanged(_ body: @escaping (Bool) -> Void) -> SignalConnection {
        connect("network-changed") { body($0.bool(0)) }
    }
}
