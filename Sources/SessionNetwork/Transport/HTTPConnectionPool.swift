import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Keeps connections alive between requests. Everything in it happens on one event loop.
/// Idle connections are closed after a while, so that a client that does nothing wakes nobody.
final class HTTPConnectionPool {
    /// Connections to one endpoint at the same time. Further requests wait for one of them, in the order they came; the
    /// limit of each goes on meanwhile.
    static let maximumPerEndpoint = 8
    /// Idle connections kept for one endpoint.
    static let maximumIdlePerEndpoint = 4

    /// One request from its start to its outcome, over as many connections as it takes.
    private final class Request {
        let call: HTTPCall
        let outcome: EventLoopPromise<HTTPReply>
        var connection: Connection?
        var deadline: Scheduled<Void>?
        var connectDeadline: Scheduled<Void>?

        init(call: HTTPCall, outcome: EventLoopPromise<HTTPReply>) {
            self.call = call
            self.outcome = outcome
        }
    }

    private final class Connection {
        var channel: (any Channel)?
        var idleTimer: Scheduled<Void>?
        var hasServed = false
        /// Whether it still counts among the connections of its endpoint.
        var isCounted = true
        /// The request that it works for.
        var request: UInt64?
        var isDoomed = false
    }

    private let loop: any EventLoop
    private let idleTimeout: TimeAmount
    private let tlsUnverified: NIOSSLContext
    private let tlsPinned: NIOSSLContext
    private var requests: [UInt64: Request] = [:]
    private var idle: [Endpoint: [Connection]] = [:]
    /// Connections that stand or are being made.
    private var counts: [Endpoint: Int] = [:]
    /// Requests that wait for a connection, the oldest first.
    private var waiting: [Endpoint: CircularBuffer<UInt64>] = [:]
    private var isShutDown = false

    init(loop: any EventLoop, idleTimeout: TimeAmount) throws {
        self.loop = loop
        self.idleTimeout = idleTimeout
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.trustRoots = .certificates([])
        settings.certificateVerification = .none
        tlsUnverified = try NIOSSLContext(configuration: settings)
        // Verification has to be on for the pin to be asked; it then replaces the library's own.
        settings.certificateVerification = .noHostnameVerification
        tlsPinned = try NIOSSLContext(configuration: settings)
    }

    func start(_ id: UInt64, _ call: HTTPCall, outcome: EventLoopPromise<HTTPReply>) {
        guard !isShutDown else { return outcome.fail(TransportError.closed) }
        let request = Request(call: call, outcome: outcome)
        requests[id] = request
        request.deadline = loop.assumeIsolated().scheduleTask(in: TimeAmount(call.timeout)) {
            self.finish(id, with: .failure(.timedOut(duringConnect: request.connectDeadline != nil)))
        }
        send(id, mayReuse: true)
    }

    func cancel(_ id: UInt64) { finish(id, with: .failure(.cancelled)) }

    func closeIdle() {
        let connections = idle.values.joined()
        idle = [:]
        for connection in connections { close(connection) }
    }

    func shutDown() {
        isShutDown = true
        waiting = [:]
        closeIdle()
        for id in requests.keys { finish(id, with: .failure(.closed)) }
    }

    private func send(_ id: UInt64, mayReuse: Bool) {
        guard let request = requests[id] else { return }
        if mayReuse, let connection = takeIdle(request.call.endpoint) {
            connection.request = id
            request.connection = connection
            write(id, on: connection)
        } else if counts[request.call.endpoint, default: 0] < Self.maximumPerEndpoint {
            connect(id, request)
        } else {
            request.connection = nil
            waiting[request.call.endpoint, default: []].append(id)
        }
    }

    /// Gives waiting requests what has become free.
    private func serveWaiting(_ endpoint: Endpoint) {
        while waiting[endpoint]?.isEmpty == false,
            idle[endpoint]?.isEmpty == false || counts[endpoint, default: 0] < Self.maximumPerEndpoint
        {
            guard let id = waiting[endpoint]?.popFirst() else { break }
            if requests[id] != nil { send(id, mayReuse: true) }
        }
        if waiting[endpoint]?.isEmpty == true { waiting[endpoint] = nil }
    }

    /// The connection is gone: another one may be made.
    private func release(_ connection: Connection, _ endpoint: Endpoint) {
        guard connection.isCounted else { return }
        connection.isCounted = false
        let count = counts[endpoint, default: 1] - 1
        counts[endpoint] = count > 0 ? count : nil
        serveWaiting(endpoint)
    }

    private func connect(_ id: UInt64, _ request: Request) {
        let connection = Connection()
        connection.request = id
        request.connection = connection
        let endpoint = request.call.endpoint
        counts[endpoint, default: 0] += 1
        let events = ConnectionEvents(
            ready: { [weak self] in self?.isReady(connection) },
            finished: { [weak self] isReusable in self?.isFinished(connection, endpoint, isReusable: isReusable) },
            closed: { [weak self] error in self?.isClosed(connection, endpoint, error) })
        request.connectDeadline = loop.assumeIsolated().scheduleTask(in: TimeAmount(request.call.connectTimeout)) {
            self.finish(id, with: .failure(.timedOut(duringConnect: true)))
        }
        let handlers = NIOLoopBound((connection: connection, events: events, pool: self), eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(request.call.connectTimeout))
            .channelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let (connection, events, pool) = handlers.value
                    connection.channel = channel
                    try pool.addHandlers(to: channel, endpoint: endpoint, events: events)
                }
            }
        let future: EventLoopFuture<any Channel>
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: Int(endpoint.port)) {  // else a name
            future = bootstrap.connect(to: address)
        } else {
            future = bootstrap.connect(host: endpoint.host, port: Int(endpoint.port))
        }
        future.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel) where connection.isDoomed: channel.close(promise: nil)
            case .success: break
            case .failure: self.connectFailed(connection, endpoint)
            }
        }
    }

    private func addHandlers(to channel: any Channel, endpoint: Endpoint, events: ConnectionEvents) throws {
        let pipeline = channel.pipeline.syncOperations
        let name = (try? SocketAddress(ipAddress: endpoint.host, port: 0)) == nil ? endpoint.host : nil
        switch endpoint.security {
        case .none: break
        case .unverified:
            try pipeline.addHandler(NIOSSLClientHandler(context: tlsUnverified, serverHostname: name))
        case .pinned(let digest):
            let pin = CertificatePin(host: endpoint.host, sha256: digest)
            try pipeline.addHandler(
                NIOSSLClientHandler(context: tlsPinned, serverHostname: name) { chain, verdict in
                    verdict.succeed(pin.verify(chain))
                })
        }
        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
        try pipeline.addHandler(HTTPConnectionHandler(isTLS: endpoint.security != .none, events: events))
    }

    private func isReady(_ connection: Connection) {
        guard let id = connection.request, let request = requests[id] else { return close(connection) }
        request.connectDeadline?.cancel()
        request.connectDeadline = nil
        write(id, on: connection)
    }

    private func write(_ id: UInt64, on connection: Connection) {
        guard let request = requests[id], let channel = connection.channel else { return }
        let call = request.call
        let reply = loop.makePromise(of: HTTPReply.self)
        reply.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let reply): self.finish(id, with: .success(reply))
            case .failure(let error):
                let error = error as? TransportError ?? .brokenReply
                // A kept connection may have been closed by the other side just now: once more on a new one.
                if error == .brokenReply, connection.hasServed, self.requests[id]?.connection === connection {
                    connection.request = nil
                    self.send(id, mayReuse: false)
                } else {
                    self.finish(id, with: .failure(error))
                }
            }
        }
        var head = HTTPRequestHead(version: .http1_1, method: call.method == .get ? .GET : .POST, uri: call.path)
        let isUsualPort = call.endpoint.port == (call.endpoint.security == .none ? 80 : 443)
        head.headers.add(
            name: "Host", value: isUsualPort ? call.endpoint.host : "\(call.endpoint.host):\(call.endpoint.port)")
        for header in call.headers { head.headers.add(name: header.name, value: header.value) }
        if call.method == .post { head.headers.add(name: "Content-Length", value: "\(call.body.count)") }
        channel.writeAndFlush(
            HTTPExchange(
                head: head, body: ByteBuffer(bytes: call.body), maximumReply: call.maximumReply, outcome: reply),
            promise: nil)
    }

    private func isFinished(_ connection: Connection, _ endpoint: Endpoint, isReusable: Bool) {
        connection.request = nil
        connection.hasServed = true
        guard isReusable, !connection.isDoomed, !isShutDown,
            idle[endpoint, default: []].count < Self.maximumIdlePerEndpoint
        else { return close(connection) }
        idle[endpoint, default: []].append(connection)
        connection.idleTimer = loop.assumeIsolated().scheduleTask(in: idleTimeout) { self.close(connection) }
        serveWaiting(endpoint)
    }

    private func isClosed(_ connection: Connection, _ endpoint: Endpoint, _ error: TransportError) {
        connection.idleTimer?.cancel()
        connection.channel = nil
        idle[endpoint]?.removeAll { $0 === connection }
        if idle[endpoint]?.isEmpty == true { idle[endpoint] = nil }
        // Before the first write there is no exchange whose outcome would tell.
        if let id = connection.request, requests[id]?.connection === connection, !connection.hasServed {
            finish(id, with: .failure(error))
        }
        release(connection, endpoint)
    }

    private func connectFailed(_ connection: Connection, _ endpoint: Endpoint) {
        if let id = connection.request, requests[id]?.connection === connection {
            finish(id, with: .failure(.unreachable))
        }
        release(connection, endpoint)
    }

    private func takeIdle(_ endpoint: Endpoint) -> Connection? {
        while let connection = idle[endpoint]?.popLast() {
            connection.idleTimer?.cancel()
            connection.idleTimer = nil
            if connection.channel?.isActive == true { return connection }
        }
        return nil
    }

    private func finish(_ id: UInt64, with result: Result<HTTPReply, TransportError>) {
        guard let request = requests.removeValue(forKey: id) else { return }
        request.deadline?.cancel()
        request.connectDeadline?.cancel()
        if request.connection == nil { waiting[request.call.endpoint]?.removeAll { $0 == id } }
        switch result {
        case .success(let reply): request.outcome.succeed(reply)
        case .failure(let error):
            request.outcome.fail(error)
            // Half of an exchange is on it: nothing can follow.
            if let connection = request.connection, connection.request == id { close(connection) }
        }
    }

    private func close(_ connection: Connection) {
        connection.isDoomed = true
        connection.request = nil
        connection.idleTimer?.cancel()
        connection.channel?.close(promise: nil)
    }
}
