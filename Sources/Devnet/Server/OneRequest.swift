import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One HTTP request on a connection of its own, without redirects: what an exit node sends to a server, and what tests
/// send to a node.
package struct OneRequest: Sendable {
    package enum Security: Sendable {
        case none
        /// Checked against the system's roots, as exits do.
        case verified
        /// Encrypted, but anybody may answer, as clients treat service nodes.
        case unverified
    }

    package enum Failure: Error { case timedOut, disconnected, tooLarge }

    package struct Answer: Sendable {
        package let status: Int
        /// Names in lower case.
        package let headers: [String: String]
        package let body: [UInt8]
        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    package var method = "POST"
    package var host: String
    package var port: Int
    package var target: String
    package var headers: [String: String] = [:]
    package var body: [UInt8]
    package var security: Security
    package var timeout: Duration

    package init(
        host: String, port: Int, target: String, body: [UInt8], security: Security, timeout: Duration = .seconds(10)
    ) {
        self.host = host
        self.port = port
        self.target = target
        self.body = body
        self.security = security
        self.timeout = timeout
    }

    /// Sends it and waits for the whole answer. Everything up to the answer happens on the event loop: a server may close
    /// a connection on which nothing comes, however busy this process is with other things.
    /// - Throws: `Failure`, or what the system or TLS says.
    package func send() async throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Answer.self)
        let limit = loop.scheduleTask(in: TimeAmount(timeout)) { promise.fail(Failure.timedOut) }
        defer { limit.cancel() }
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: target)
        head.headers = ["Host": "\(host):\(port)", "Content-Length": String(body.count), "Connection": "close"]
        for (name, value) in headers { head.headers.replaceOrAdd(name: name, value: value) }
        let connecting = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(timeout))
            .channelInitializer { [head, body, security] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context = try Self.context(security) {
                        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(Exchange(head, ByteBuffer(bytes: body), promise))
                }
            }
            .connect(host: host, port: port)
        connecting.whenComplete { result in
            switch result {
            case .success(let channel): promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
            case .failure(let error): promise.fail(error)
            }
        }
        return try await promise.futureResult.get()
    }

    private static func context(_ security: Security) throws -> NIOSSLContext? {
        var configuration = TLSConfiguration.makeClientConfiguration()
        switch security {
        case .none: return nil
        case .verified: break
        case .unverified: configuration.certificateVerification = .none
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// Asks as soon as there is a connection and gathers the answer; only the first end counts.
    private final class Exchange: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart

        private let request: (head: HTTPRequestHead, body: ByteBuffer)
        private let promise: EventLoopPromise<Answer>
        private var head: HTTPResponseHead?
        private var body: [UInt8] = []

        init(_ head: HTTPRequestHead, _ body: ByteBuffer, _ promise: EventLoopPromise<Answer>) {
            request = (head, body)
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            context.write(wrapOutboundOut(.head(request.head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            context.fireChannelActive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): self.head = head
            case .body(let part):
                guard body.count + part.readableBytes <= HTTPCall.maximumBody * 2 else {
                    promise.fail(Failure.tooLarge)
                    return context.close(promise: nil)
                }
                body.append(contentsOf: part.readableBytesView)
            case .end:
                var headers: [String: String] = [:]
                for (name, value) in head?.headers ?? [:] { headers[name.lowercased()] = value }
                promise.succeed(Answer(status: Int(head?.status.code ?? 0), headers: headers, body: body))
            }
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(Failure.disconnected) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}
