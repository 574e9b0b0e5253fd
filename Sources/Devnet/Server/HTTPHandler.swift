import NIOCore
import NIOHTTP1
import NIOSSL

/// One connection: collects a request, has it answered, writes the answer in one piece, takes the next.
///
/// Head and body leave in a single write: written apart they wait for each other in the kernel (Nagle against delayed
/// acknowledgements) and every request would take 40 ms.
final class HTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// A client may send so many requests ahead of the answers; more and the connection is closed.
    private static let maximumWaiting = 16
    private static let serverName = "Shallot devnet"

    private let respond: @Sendable (HTTPCall) async -> HTTPAnswer
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var waiting: CircularBuffer<HTTPCall> = []
    private var isAnswering = false
    private var isClosing = false

    init(respond: @escaping @Sendable (HTTPCall) async -> HTTPAnswer) {
        self.respond = respond
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let length = head.headers.first(name: "content-length") {
                guard let count = Int(length), count >= 0 else { return refuse(context, 400, "invalid Content-Length") }
                guard count <= HTTPCall.maximumBody else { return refuse(context, 413, "Request body too large") }
            }
            self.head = head
            body = []
        case .body(let part):
            guard body.count + part.readableBytes <= HTTPCall.maximumBody else {
                return refuse(context, 413, "Request body too large")
            }
            body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            self.head = nil
            guard waiting.count < Self.maximumWaiting else { return context.close(promise: nil) }
            var headers: [String: String] = [:]
            for (name, value) in head.headers { headers[name.lowercased()] = value }
            let peer = context.channel.remoteAddress?.ipAddress ?? ""
            waiting.append(
                HTTPCall(method: head.method.rawValue, target: head.uri, headers: headers, body: body, peer: peer))
            body = []
            answerNext(context)
        }
    }

    private func answerNext(_ context: ChannelHandlerContext) {
        guard !isAnswering, !isClosing, let call = waiting.popFirst() else { return }
        isAnswering = true
        let respond = respond
        let wantsClose = call.headers["connection"]?.lowercased() == "close"
        context.eventLoop.makeFutureWithTask { await respond(call) }
            .assumeIsolated()
            .whenSuccess { answer in
                self.isAnswering = false
                guard context.channel.isActive else { return }
                self.write(answer, closing: wantsClose, context: context)
                self.answerNext(context)
            }
    }

    private func write(_ answer: HTTPAnswer, closing: Bool, context: ChannelHandlerContext) {
        switch answer.ending {
        case .hang: isAnswering = true
        case .drop: close(context)
        case .keepAlive where !closing:
            context.writeAndFlush(wrapOutboundOut(encode(answer, context: context)), promise: nil)
        case .keepAlive, .close:
            context.writeAndFlush(wrapOutboundOut(encode(answer, context: context)), promise: nil)
            close(context)
        case .cut(let count):
            var bytes = encode(answer, context: context)
            let missing = min(max(0, answer.body.count - count), answer.body.count)
            bytes.moveWriterIndex(to: bytes.writerIndex - missing)
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            close(context)
        case .flood(let total):
            var whole = answer
            whole.body.append(contentsOf: [UInt8](repeating: 0x20, count: max(0, total - answer.body.count)))
            context.writeAndFlush(wrapOutboundOut(encode(whole, context: context)), promise: nil)
        case .endless:
            isClosing = true
            // It is no idle connection, however long the client only reads.
            isAnswering = true
            var bytes = context.channel.allocator.buffer(capacity: 256)
            bytes.writeString("HTTP/1.1 \(answer.status) OK\r\nServer: \(Self.serverName)\r\nConnection: close\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            trickle(context)
        }
    }

    /// Feeds an endless body for as long as the client stays.
    private func trickle(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let filling = ByteBuffer(repeating: 0x20, count: 65_536)
        context.writeAndFlush(wrapOutboundOut(filling)).assumeIsolated().whenSuccess {
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(2)) { self.trickle(context) }
        }
    }

    private func encode(_ answer: HTTPAnswer, context: ChannelHandlerContext) -> ByteBuffer {
        let status = HTTPResponseStatus(statusCode: answer.status)
        var head = "HTTP/1.1 \(answer.status) \(status.reasonPhrase)\r\nServer: \(Self.serverName)\r\n"
        if let type = answer.contentType { head += "Content-Type: \(type)\r\n" }
        for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(answer.body.count)\r\n"
        head += answer.ending == .close ? "Connection: close\r\n\r\n" : "\r\n"
        var bytes = context.channel.allocator.buffer(capacity: head.utf8.count + answer.body.count)
        bytes.writeString(head)
        bytes.writeBytes(answer.body)
        return bytes
    }

    private func refuse(_ context: ChannelHandlerContext, _ status: Int, _ text: String) {
        guard !isClosing else { return }
        var answer = HTTPAnswer.text(status, text)
        answer.ending = .close
        context.writeAndFlush(wrapOutboundOut(encode(answer, context: context)), promise: nil)
        close(context)
    }

    private func close(_ context: ChannelHandlerContext) {
        isClosing = true
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? HTTPParserError {
        case .invalidContentLength?: refuse(context, 400, "invalid Content-Length")
        case .some: refuse(context, 400, "Bad Request")
        case nil: close(context)  // a cut connection or a failed handshake: nobody is left to be told
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // An idle connection is closed, unless somebody still waits for an answer on it.
        if event is IdleStateHandler.IdleStateEvent, !isAnswering { close(context) }
        context.fireUserInboundEventTriggered(event)
    }
}
