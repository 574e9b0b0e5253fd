import CAdwaita
import CGtkKit

/// The session's message bus, for talking to services that GIO has no words for.
final class MessageBus {
    /// Whom one talks to.
    struct Service {
        let name: String
        let path: String
        let interface: String
    }

    /// How long a service may take to answer, in milliseconds. One that has to be started needs longer than one that runs.
    private static let patience: gint = 3_000

    private let connection: Object
    private var subscriptions: [guint] = []

    /// - Returns: `nil` when the application has no bus.
    init?(of application: Application) {
        let connection = application.with(GApplication.self) { g_application_get_dbus_connection($0) }
        guard let connection else { return nil }
        self.connection = Object(retaining: UnsafeMutableRawPointer(connection))
    }

    isolated deinit {
        for subscription in subscriptions {
            connection.withOpaque { g_dbus_connection_signal_unsubscribe($0, subscription) }
        }
    }

    /// Calls a method.
    /// - Parameters:
    ///   - parameters: a new tuple; it is consumed.
    ///   - read: takes what is wanted out of the reply; the reply is gone afterwards.
    /// - Returns: `nil` when nobody answered in time, or with an error.
    func call<Answer: Sendable>(
        _ method: String, of service: Service, _ parameters: OpaquePointer?,
        read: @escaping (OpaquePointer) -> Answer?
    ) async -> Answer? {
        await withCheckedContinuation { continuation in
            let reply = Reply { continuation.resume(returning: $0.flatMap(read)) }
            connection.withOpaque { connection in
                g_dbus_connection_call(
                    connection, service.name, service.path, service.interface, method, parameters, nil,
                    G_DBUS_CALL_FLAGS_NONE, Self.patience, nil,
                    { source, result, box in
                        guard let box else { return }
                        let reply = Unmanaged<Reply>.fromOpaque(box).takeRetainedValue()
                        let answer = source.flatMap { g_dbus_connection_call_finish(OpaquePointer($0), result, nil) }
                        reply.run(answer)
                        if let answer { g_variant_unref(answer) }
                    }, Unmanaged.passRetained(reply).toOpaque())
            }
        }
    }

    /// As ``call(_:of:_:read:)``, for a method that gives a file descriptor. Its owner closes it.
    func callForDescriptor(_ method: String, of service: Service, _ parameters: OpaquePointer?) async -> Int32? {
        await withCheckedContinuation { continuation in
            let reply = DescriptorReply { continuation.resume(returning: $0) }
            connection.withOpaque { connection in
                g_dbus_connection_call_with_unix_fd_list(
                    connection, service.name, service.path, service.interface, method, parameters, nil,
                    G_DBUS_CALL_FLAGS_NONE, Self.patience, nil, nil,
                    { source, result, box in
                        guard let box else { return }
                        let reply = Unmanaged<DescriptorReply>.fromOpaque(box).takeRetainedValue()
                        var list: UnsafeMutablePointer<GUnixFDList>?
                        let answer = source.flatMap {
                            g_dbus_connection_call_with_unix_fd_list_finish(OpaquePointer($0), &list, result, nil)
                        }
                        let descriptor = list.map { g_unix_fd_list_get($0, 0, nil) }
                        reply.run(descriptor.flatMap { $0 >= 0 ? $0 : nil })
                        if let list { g_object_unref(list) }
                        if let answer { g_variant_unref(answer) }
                    }, Unmanaged.passRetained(reply).toOpaque())
            }
        }
    }

    /// The connection's own name as it stands in the paths of portals: without the colon, dots as underscores.
    var uniqueName: String? {
        let name = connection.withOpaque { string(g_dbus_connection_get_unique_name($0)) }
        return name.isEmpty ? nil : String(name.dropFirst().map { $0 == "." ? "_" : $0 })
    }

    /// Runs `body` with the name and the parameters of each signal of a service, as long as this value lives.
    func onSignal(
        of service: Service, argument: String? = nil, _ body: @escaping (_ name: String, OpaquePointer) -> Void
    ) {
        let box = Unmanaged.passRetained(Listener(body)).toOpaque()
        let subscription = connection.withOpaque { connection in
            g_dbus_connection_signal_subscribe(
                connection, service.name, service.interface, nil, service.path, argument, G_DBUS_SIGNAL_FLAGS_NONE,
                { _, _, _, _, name, parameters, box in
                    guard let box, let parameters else { return }
                    Unmanaged<Listener>.fromOpaque(box).takeUnretainedValue().run(string(name), parameters)
                }, box, { box in if let box { Unmanaged<Listener>.fromOpaque(box).release() } })
        }
        subscriptions.append(subscription)
    }

    private final class Reply {
        let run: (OpaquePointer?) -> Void
        init(_ run: @escaping (OpaquePointer?) -> Void) { self.run = run }
    }

    private final class DescriptorReply {
        let run: (Int32?) -> Void
        init(_ run: @escaping (Int32?) -> Void) { self.run = run }
    }

    private final class Listener {
        let run: (String, OpaquePointer) -> Void
        init(_ run: @escaping (String, OpaquePointer) -> Void) { self.run = run }
    }
}
