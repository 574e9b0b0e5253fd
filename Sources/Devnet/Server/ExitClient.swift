import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The one HTTP request that an exit node makes: a POST on a connection of its own, no redirects.
enum ExitClient {
    enum Failure: Error { case timedOut, disconnected, tooLarge }

    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
    }

    static func post(
        _ body: [UInt8], host: String, port: Int, target: String, isSecure: Bool, timeout: Duration
    ) async throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Answer.self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(10))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if isSecure {
                            let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
                        }
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(Collector(promise))
                    }
                }
                .connect(host: host, port: port).get()
        } catch {
            promise.fail(error)
            throw error
        }
        let limit = loop.scheduleTask(in: .nanoseconds(timeout.inNanoseconds)) {
            promise.fail(Failure.timedOut)
            channel.close(promise: nil)
        }
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: target)
        head.headers = [
            "Host": "\(host):\(port)", "Content-Type": "application/octet-stream",
            "Content-Length": String(body.count), "User-Agent": "Oxen Storage Server/2.11.3", "Connection": "close",
        ]
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        defer {
            limit.cancel()
            channel.close(promise: nil)
        }
        return try await promise.futureResult.get()
    }

    /// Gathers the answer; fulfils the promise exactly once.
    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let promise: EventLoopPromise<Answer>
        private var status = 0
        private var body: [UInt8] = []

        init(_ promise: EventLoopPromise<Answer>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): status = Int(head.status.code)
            case .body(let part):
                guard body.count + part.readableBytes <= HTTPCall.maximumBody else {
                    promise.fail(Failure.tooLarge)
                    return context.close(promise: nil)
                }
                body.append(contentsOf: part.readableBytesView)
            case .end: promise.succeed(Answer(status: status, body: body))
            }
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(Failure.disconnected) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}

extension Duration {
    var inNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
