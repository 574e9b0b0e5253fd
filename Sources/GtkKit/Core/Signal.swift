import CAdwaita
import CGtkKit

/// What a signal hands over, without its emitter; valid only while the handler runs.
struct SignalArguments {
    private let values: UnsafePointer<GValue>?
    let count: Int

    /// The object that emits, as long as the handler runs.
    let emitter: UnsafeMutableRawPointer?

    init(_ values: UnsafePointer<GValue>?, count: Int) {
        emitter = values.flatMap { g_value_get_object($0) }.map { UnsafeMutableRawPointer($0) }
        self.values = values.map { $0 + 1 }
        self.count = count - 1
    }

    private func value(_ index: Int) -> UnsafePointer<GValue>? { index < count ? values.map { $0 + index } : nil }

    func string(_ index: Int) -> String {
        guard let value = value(index), gtkkit_value_is_string(value) != 0 else { return "" }
        return GtkKit.string(g_value_get_string(value))
    }
    func int(_ index: Int) -> Int { value(index).map { Int(g_value_get_int($0)) } ?? 0 }
    func uint(_ index: Int) -> UInt32 { value(index).map { g_value_get_uint($0) } ?? 0 }
    func flags(_ index: Int) -> UInt32 { value(index).map { g_value_get_flags($0) } ?? 0 }
    func double(_ index: Int) -> Double { value(index).map { g_value_get_double($0) } ?? 0 }
    func bool(_ index: Int) -> Bool { value(index).map { g_value_get_boolean($0) != 0 } ?? false }
    func object(_ index: Int) -> UnsafeMutableRawPointer? {
        value(index).flatMap { g_value_get_object($0) }.map { UnsafeMutableRawPointer($0) }
    }
    func boxed(_ index: Int) -> UnsafeMutableRawPointer? { value(index).flatMap { g_value_get_boxed($0) } }
    func pointer(_ index: Int) -> UnsafeMutableRawPointer? { value(index).flatMap { g_value_get_pointer($0) } }
    func variant(_ index: Int) -> OpaquePointer? { value(index).flatMap { g_value_get_variant($0) } }
}

/// What GLib keeps for a connection: the Swift closure, freed together with the C closure.
private final class SignalHandler {
    let run: (SignalArguments, UnsafeMutablePointer<GValue>?) -> Void
    init(_ run: @escaping (SignalArguments, UnsafeMutablePointer<GValue>?) -> Void) { self.run = run }
}

/// One connection between a signal and its handler; it lives as long as the emitter unless it is ended before.
public struct SignalConnection {
    fileprivate let emitter: Object
    fileprivate let id: gulong

    /// Ends the connection and frees what its handler captured.
    public func disconnect() { emitter.withRaw { g_signal_handler_disconnect($0, id) } }

    /// Runs `body` while the handler is silent: for changes that come from the model.
    public func silently(_ body: () -> Void) {
        emitter.withRaw { g_signal_handler_block($0, id) }
        body()
        emitter.withRaw { g_signal_handler_unblock($0, id) }
    }
}

extension Object {
    private func attach(
        _ signal: String, notify: Bool, _ run: @escaping (SignalArguments, UnsafeMutablePointer<GValue>?) -> Void
    ) -> SignalConnection {
        let box = Unmanaged.passRetained(SignalHandler(run)).toOpaque()
        let invoke: GtkkitInvoke = { box, result, count, values in
            guard let box else { return }
            let handler = Unmanaged<SignalHandler>.fromOpaque(box).takeUnretainedValue()
            handler.run(SignalArguments(values, count: Int(count)), result)
        }
        let drop: GDestroyNotify = { box in
            if let box { Unmanaged<SignalHandler>.fromOpaque(box).release() }
        }
        let id = withRaw {
            notify
                ? gtkkit_connect_notify($0, signal, invoke, box, drop) : gtkkit_connect($0, signal, invoke, box, drop)
        }
        return SignalConnection(emitter: self, id: id)
    }

    /// Connects a signal. The handler gets what it needs as arguments: capturing a widget in its own handler keeps it for ever.
    @discardableResult
    func connect(_ signal: String, _ body: @escaping (SignalArguments) -> Void) -> SignalConnection {
        attach(signal, notify: false) { arguments, _ in body(arguments) }
    }

    /// Connects a signal whose handler says whether the event ends with it.
    @discardableResult
    func connectDeciding(_ signal: String, _ body: @escaping (SignalArguments) -> Bool) -> SignalConnection {
        attach(signal, notify: false) { arguments, result in
            let answer = body(arguments)
            if let result { g_value_set_boolean(result, answer.gboolean) }
        }
    }

    /// Runs `body` after each change of a property.
    @discardableResult
    public func onNotify(_ property: String, _ body: @escaping () -> Void) -> SignalConnection {
        attach(property, notify: true) { _, _ in body() }
    }
}
