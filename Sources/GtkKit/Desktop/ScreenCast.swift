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
    private static let names = MessageBus.Service(
        name: "org.freedesktop.DBus", path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus")
    /// The answer to a question that was ended in another way than by the person.
    private static let refused: UInt32 = 2
    /// Monitors and windows.
    private static let kinds: UInt32 = 1 | 2
    /// The pointer is part of the picture.
    private static let pointerInPicture: UInt32 = 2

    /// The desktop ended what was chosen: its session is over, or the portal itself is gone.
    public var ended: () -> Void = {}

    private let application: Application
    private let bus: MessageBus
    private var session: String?
    private var descriptor: Int32?
    private var count = 0
    /// Rises when everything ends, so that what is still under way knows.
    private var round = 0
    /// The question that is open, and what waits for its answer.
    private var question: (path: String, answers: AsyncStream<Answer>.Continuation)?
    /// Hears of the session's end.
    private var watch: MessageBus?

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

    /// Lets the person choose. The desktop's own dialog may stay open for as long as they like, or until ``close()``.
    public func open() async throws(Failure) -> Stream {
        close()
        let round = round
        do throws(Failure) { return try await choose() } catch {
            // Ended from here: whoever came next has begun something of its own.
            guard round == self.round else { throw .cancelled }
            close()
            throw error
        }
    }

    private func choose() async throws(Failure) -> Stream {
        let round = round
        let token = "shallot\(count)"
        let created = try await ask("CreateSession") { options in
            Variant.tuple([Variant.dictionary(options + [("session_handle_token", g_variant_new_string(token))])])
        }
        guard let session = created.session else { throw .unavailable }
        self.session = session
        hear(of: session)
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
        guard round == self.round else {
            Glibc.close(descriptor)
            throw .cancelled
        }
        self.descriptor = descriptor
        return Stream(descriptor: descriptor, node: node)
    }

    /// Ends the session, and a question that is still open, and gives the connection back.
    public func close() {
        round += 1
        watch = nil
        if let descriptor { Glibc.close(descriptor) }
        descriptor = nil
        if let question { tell(question.path, "org.freedesktop.portal.Request") }
        if let session { tell(session, "org.freedesktop.portal.Session") }
        question?.answers.finish()
        (question, session) = (nil, nil)
    }

    private func tell(_ path: String, _ interface: String) {
        let service = MessageBus.Service(name: Self.name, path: path, interface: interface)
        let bus = bus
        Task { _ = await bus.call("Close", of: service, nil) { _ in true } }
    }

    private func hear(of session: String) {
        guard let watch = MessageBus(of: application) else { return }
        self.watch = watch
        let service = MessageBus.Service(name: Self.name, path: session, interface: "org.freedesktop.portal.Session")
        watch.onSignal(of: service) { [weak self] name, _ in if name == "Closed" { self?.sessionEnded() } }
        watch.onSignal(of: Self.names, argument: Self.name) { [weak self] name, parameters in
            if name == "NameOwnerChanged", Variant.string(2, of: parameters) == "" { self?.sessionEnded() }
        }
    }

    private func sessionEnded() {
        session = nil
        if let question {
            // Still asked: whoever waits for the answer hears of it.
            question.answers.yield(Answer(code: Self.refused, session: nil, node: nil))
        } else {
            close()
            ended()
        }
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
        let round = round
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
        question = (path, give)
        let isTaken = await bus.call(
            method, of: Self.portal, parameters([("handle_token", g_variant_new_string(token))])
        ) { _ in true }
        guard isTaken == true else { throw round == self.round ? .unavailable : .cancelled }
        // It listens for as long as it lives.
        defer { withExtendedLifetime(listener) {} }
        for await answer in answers {
            guard round == self.round else { break }
            question = nil
            guard answer.code == 0 else { throw answer.code == 1 ? Failure.cancelled : Failure.unavailable }
            return answer
        }
        throw .cancelled
    }
}
