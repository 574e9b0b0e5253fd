import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS

/// One request on its way through a connection, and where its outcome goes.
struct HTTPExchange: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer
    let maximumReply: Int
    let outcome: EventLoopPromise<HTTPReply>
}

/// What a connection tells its pool. Called on the event loop.
struct ConnectionEvents {
    /// The connection stands, TLS included.
    var ready: () -> Void
    /// The exchange is over; `true` when another may follow on the same connection.
    var finished: (_ isReusable: Bool) -> Void
    /// The connection is gone.
    var closed: (TransportError) -> Void
}

/// The last handler of a client connection: turns exchanges into HTTP/1.1 and parts into whole, bounded replies.
/// One exchange at a time. Lives on its event loop.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPExchange
    typealias OutboundOut = HTTPClientRequestPart

    private let isTLS: Bool
    private let events: ConnectionEvents
    private var current: HTTPExchange?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var failure = TransportError.brokenReply
    private var isReady = false

    init(isTLS: Bool, events: ConnectionEvents) {
        self.isTLS = isTLS
        self.events = events
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isTLS { becomeReady() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent { becomeReady() }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard current == nil, context.channel.isActive else {
            exchange.outcome.fail(TransportError.brokenReply)
            promise?.succeed()
            return
        }
        current = exchange
        head = nil
        body = []
        context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
        if exchange.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(exchange.body))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange = current else { return context.close(promise: nil) }  // nobody asked for this
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard head.status.code >= 200 else { return }  // 1xx: the real head follows
            self.head = head
            guard let length = head.headers.first(name: "content-length") else { return }
            // The decoder has refused lengths that are not numbers.
            guard let count = Int(length), count <= exchange.maximumReply else {
                return fail(.tooLarge, context: context)
            }
            body.reserveCapacity(count)
        case .body(let part):
            guard body.count + part.readableBytes <= exchange.maximumReply else {
                return fail(.tooLarge, context: context)
            }
            body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            current = nil
            let reply = HTTPReply(status: Int(head.status.code), contentType: Self.contentType(of: head), body: body)
            body = []
            exchange.outcome.succeed(reply)
            events.finished(head.isKeepAlive && context.channel.isActive)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isReady {
            failure = Self.isCertificateRefused(error) ? .untrusted : .unreachable
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(with: isReady || failure == .untrusted ? failure : .unreachable)
        context.fireChannelInactive()
    }

    private func becomeReady() {
        guard !isReady else { return }
        isReady = true
        events.ready()
    }

    private func fail(_ error: TransportError, context: ChannelHandlerContext) {
        failure = error
        body = []
        if let exchange = current {
            current = nil
            exchange.outcome.fail(error)
        }
        context.close(promise: nil)
    }

    private func finish(with error: TransportError) {
        if let exchange = current {
            current = nil
            exchange.outcome.fail(error)
        }
        events.closed(error)
    }

    private static func contentType(of head: HTTPResponseHead) -> String? {
        guard let value = head.headers.first(name: "content-type") else { return nil }
        return value.prefix { $0 != ";" && $0 != " " }.lowercased()
    }

    /// The custom verification's refusal arrives as a failed handshake that names the certificate.
    private static func isCertificateRefused(_ error: any Error) -> Bool {
        guard case .handshakeFailed(let reason) = error as? NIOSSLError else { return false }
        return String(describing: reason).contains("CERTIFICATE_VERIFY_FAILED")
    }
}
