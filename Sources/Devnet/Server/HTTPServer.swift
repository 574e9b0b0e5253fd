import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A listening HTTP/1.1 socket, with TLS where a certificate is given. It can be stopped and started again on the same
/// port, and can be told to accept connections and then say nothing.
final class HTTPServer: Sendable {
    private struct State {
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        /// The most that were ever open together.
        var mostConnections = 0
        var isMute = false
        var port: Int
    }

    /// Connections without a request for so long are closed.
    /// - Source: network.md §3.6
    private static let keepAlive = TimeAmount.seconds(10)

    let host: String
    private let context: NIOSSLContext?
    private let respond: @Sendable (HTTPCall) async -> HTTPAnswer
    private let state: Mutex<State>

    /// - Parameter port: 0 lets the system choose one, which is then kept for good.
    init(
        host: String, port: Int, certificate: NodeCertificate?,
        respond: @escaping @Sendable (HTTPCall) async -> HTTPAnswer
    ) throws {
        self.host = host
        self.respond = respond
        context = try certificate?.serverContext()
        state = Mutex(State(port: port))
    }

    /// A socket that nobody stopped would stay open for as long as the process lives.
    deinit {
        let (listener, open) = state.withLock { ($0.listener, Array($0.connections.values)) }
        listener?.close(promise: nil)
        for channel in open { channel.close(promise: nil) }
    }

    /// The port in use, or the last one used.
    var port: Int { state.withLock { $0.port } }
    var isListening: Bool { state.withLock { $0.listener != nil } }
    var mostConnections: Int { state.withLock { $0.mostConnections } }

    /// A mute server accepts connections and never says a word, not even of TLS.
    func setMute(_ isMute: Bool) {
        let open = state.withLock { state in
            state.isMute = isMute
            return Array(state.connections.values)
        }
        for channel in open { channel.close(promise: nil) }
    }

    /// - Parameter isPatient: the port was ours before. A process that is being started may hold a copy of the socket for
    ///   a moment, until it becomes another program.
    func start(onFreePort: Bool = false, isPatient: Bool = false) async throws {
        guard !isListening else { return }
        let port = onFreePort ? 0 : self.port
        var attempts = isPatient ? Self.patience : 1
        while true {
            attempts -= 1
            do {
                return took(try await bind(port))
            } catch let error as IOError where error.errnoCode == EADDRINUSE && attempts > 0 {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Attempts to get a port back, 20 ms apart.
    private static let patience = 250

    /// The runtime of Swift 6.3.1 was seen to crash where a connection made this generic type for the first time, while other
    /// threads had first connections too. It is made before anybody can connect.
    private static let decoder = ObjectIdentifier(ByteToMessageHandler<HTTPRequestDecoder>.self)

    private func bind(_ port: Int) async throws -> any Channel {
        _ = Self.decoder
        return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [weak self] channel in
                guard let self else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
            .bind(host: host, port: port).get()
    }

    private func took(_ listener: any Channel) {
        let bound = listener.localAddress?.port
        state.withLock { state in
            state.listener = listener
            if let bound { state.port = bound }
        }
    }

    /// Stops listening and cuts every connection.
    func stop() async {
        let (listener, open) = state.withLock { state in
            defer { state.listener = nil }
            return (state.listener, Array(state.connections.values))
        }
        // Closing what is closed already is the only way these can fail.
        try? await listener?.close()
        let closings = open.map { $0.close() }
        for closing in closings { try? await closing.get() }
    }

    private func prepare(_ channel: any Channel) throws {
        let key = ObjectIdentifier(channel)
        let isMute = state.withLock { state in
            state.connections[key] = channel
            state.mostConnections = max(state.mostConnections, state.connections.count)
            return state.isMute
        }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { $0.connections[key] = nil }
        }
        guard !isMute else { return }
        let pipeline = channel.pipeline.syncOperations
        if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
        try pipeline.addHandler(IdleStateHandler(readTimeout: Self.keepAlive))
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        try pipeline.addHandler(HTTPHandler(respond: respond))
    }
}
