import CAdwaita
import CGtkKit
import Glibc

/// A screen or window that somebody chose in the desktop's portal, as a stream of PipeWire. Ends with ``close()``.
/// - Source: XDG Desktop Portal, org.freedesktop.portal.ScreenCast 4
@MainActor  // Spelt out for its `deinit`, as in `Object`.
public final class ScreenCast {
    public enum Failure: Error, Equatable, Sendable {
        /// The desktop has no portal for this, or it does not answer.
        case unavailable
        /// The person chose nothing.
        case cancelled
    }

    public struct Stream: Equatable, Sendable {
        /// Of the connection to PipeWire; open until ``ScreenCast/close()``.
        public let descriptor: Int32
        public let node: UInt32
    }

    private static let name = "org.freedesktop.portal.Desktop"
    private static let portal = MessageBus.Service(
        name: name, path: "/org/freedesktop/portal/desktop", interface: "org.freedesktop.portal.ScreenCast")
    private static let properties = MessageBus.Service(
        name: name, path: "/org/freedesktop/portal/desktop", interface: "org.freedesktop.DBus.Properties")
    /// Monitors and windows.
    private static let kinds: UInt32 = 1 | 2
    /// The pointer is part of the picture.
    private static let pointerInPicture: UInt32 = 2

    private let application: Application
    private let bus: MessageBus
    private var session: String?
    private var descriptor: Int32?
    private var count = 0

    /// - Returns: `nil` without a message bus.
    public init?(of application: Application) {
        guard let bus = MessageBus(of: application) else { return nil }
        (self.application, self.bus) = (application, bus)
    }

    isolated deinit { close() }

    /// Whether the desktop lets a screen be chosen.
    public func isAvailable() async -> Bool {
        let parameters = Variant.tuple([
            g_variant_new_string(Self.portal.interface), g_variant_new_string("AvailableSourceTypes"),
        ])
        return await bus.call("Get", of: Self.properties, parameters) { Variant.boxedNumber(0, of: $0) }
            .map { $0 & Self.kinds != 0 } ?? false
    }

    /// Lets the person choose. The desktop's own dialog may stay open for as long as they like.
    public func open() async throws(Failure) -> Stream {
        close()
        let token = "shallot\(count)"
        let created = try await ask("CreateSession") { options in
            Variant.tuple([Variant.dictionary(options + [("session_handle_token", g_variant_new_string(token))])])
        }
        guard let session = created.session else { throw .unavailable }
        self.session = session
        _ = try await ask("SelectSources") { options in
            Variant.tuple([
                g_variant_new_object_path(session),
                Variant.dictionary(
                    options + [
                        ("types", g_variant_new_uint32(Self.kinds)), ("multiple", g_variant_new_boolean(0)),
                        ("cursor_mode", g_variant_new_uint32(Self.pointerInPicture)),
                    ]),
            ])
        }
        let started = try await ask("Start") { options in
            Variant.tuple([g_variant_new_object_path(session), g_variant_new_string(""), Variant.dictionary(options)])
        }
        guard let node = started.node else { throw .unavailable }
        let parameters = Variant.tuple([g_variant_new_object_path(session), Variant.dictionary([])])
        guard let descriptor = await bus.callForDescriptor("OpenPipeWireRemote", of: Self.portal, parameters) else {
            throw .unavailable
        }
        self.descriptor = descriptor
        return Stream(descriptor: descriptor, node: node)
    }

    /// Ends the session and gives the connection back.
    public func close() {
        if let descriptor { Glibc.close(descriptor) }
        descriptor = nil
        guard let session else { return }
        self.session = nil
        let service = MessageBus.Service(name: Self.name, path: session, interface: "org.freedesktop.portal.Session")
        let bus = bus
        Task { _ = await bus.call("Close", of: service, nil) { _ in true } }
    }

    private struct Answer: Sendable {
        let code: UInt32
        let session: String?
        let node: UInt32?
    }

    /// Makes a request and waits for the signal that answers it.
    private func ask(
        _ method: String, _ parameters: ([(String, OpaquePointer?)]) -> OpaquePointer?
    ) async throws(Failure) -> Answer {
        count += 1
        let token = "shallot\(count)"
        // The path is known before the call, so that no answer can be faster than its listener.
        guard let listener = MessageBus(of: application), let sender = bus.uniqueName else { throw .unavailable }
        let path = "/org/freedesktop/portal/desktop/request/\(sender)/\(token)"
        let request = MessageBus.Service(name: Self.name, path: path, interface: "org.freedesktop.portal.Request")
        let (answers, give) = AsyncStream.makeStream(of: Answer.self, bufferingPolicy: .bufferingNewest(1))
        listener.onSignal(of: request) { name, parameters in
            guard name == "Response", let code = Variant.uint32(0, of: parameters) else { return }
            give.yield(
                Answer(
                    code: code, session: Variant.text("session_handle", in: 1, of: parameters),
                    node: Variant.firstNumber(in: "streams", in: 1, of: parameters)))
        }
        let isTaken = await bus.call(
            method, of: Self.portal, parameters([("handle_token", g_variant_new_string(token))])
        ) { _ in true }
        guard isTaken == true else { throw .unavailable }
        // It listens for as long as it lives.
        defer { withExtendedLifetime(listener) {} }
        for await answer in answers {
            guard answer.code == 0 else { throw answer.code == 1 ? Failure.cancelled : Failure.unavailable }
            return answer
        }
        throw .cancelled
    }
}
