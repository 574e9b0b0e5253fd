import NIOCore
import NIOPosix
import Synchronization

extension HTTPTransport {
    /// HTTP/1.1 over TCP and TLS, with kept connections, on one event loop thread.
    /// - Parameter idleTimeout: how long a connection without work is kept.
    public static func sockets(idleTimeout: Duration = .seconds(30)) -> HTTPTransport {
        let client = SocketClient(idleTimeout: idleTimeout)
        return HTTPTransport(
            send: { call throws(TransportError) in try await client.send(call) },
            closeIdleConnections: { await client.closeIdle() },
            shutDown: { await client.shutDown() })
    }
}

/// The bridge from tasks to the event loop that owns the connections. The thread starts with the first request.
private final class SocketClient: Sendable {
    private struct Running: Sendable {
        let group: MultiThreadedEventLoopGroup
        let loop: any EventLoop
        let pool: NIOLoopBound<HTTPConnectionPool>
    }

    private enum State: Sendable { case new, running(Running), failed, shutDown }

    private let idleTimeout: Duration
    private let state = Mutex<State>(.new)
    private let nextID = Atomic<UInt64>(0)

    init(idleTimeout: Duration) { self.idleTimeout = idleTimeout }

    deinit {
        if case .running(let running) = state.withLock({ $0 }) {
            running.group.shutdownGracefully { _ in }
        }
    }

    func send(_ call: HTTPCall) async throws(TransportError) -> HTTPReply {
        guard !Task.isCancelled else { throw .cancelled }
        guard let running = await start() else { throw .closed }
        let id = nextID.wrappingAdd(1, ordering: .relaxed).newValue
        let outcome = running.loop.makePromise(of: HTTPReply.self)
        do {
            return try await withTaskCancellationHandler {
                running.loop.execute { running.pool.value.start(id, call, outcome: outcome) }
                // The handler below may have been faster than the line above.
                if Task.isCancelled { running.loop.execute { running.pool.value.cancel(id) } }
                return try await outcome.futureResult.get()
            } onCancel: {
                running.loop.execute { running.pool.value.cancel(id) }
            }
        } catch {
            let error = error as? TransportError ?? .brokenReply
            throw error
        }
    }

    func closeIdle() async {
        guard case .running(let running) = state.withLock({ $0 }) else { return }
        running.loop.execute { running.pool.value.closeIdle() }
    }

    func shutDown() async {
        let old = state.withLock { state in
            defer { state = .shutDown }
            return state
        }
        guard case .running(let running) = old else { return }
        running.loop.execute { running.pool.value.shutDown() }
        try? await running.group.shutdownGracefully()  // a loop that is already down is what we want
    }

    private func start() async -> Running? {
        switch state.withLock({ $0 }) {
        case .running(let running): return running
        case .failed, .shutDown: return nil
        case .new: break
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let timeout = TimeAmount(idleTimeout)
        let pool = try? await loop.submit {
            NIOLoopBound(try HTTPConnectionPool(loop: loop, idleTimeout: timeout), eventLoop: loop)
        }.get()  // fails only when TLS cannot be set up at all: every request then fails
        let (result, isMine) = state.withLock { state -> (Running?, Bool) in
            switch state {
            case .running(let running): return (running, false)
            case .failed, .shutDown: return (nil, false)
            case .new:
                guard let pool else {
                    state = .failed
                    return (nil, false)
                }
                let running = Running(group: group, loop: loop, pool: pool)
                state = .running(running)
                return (running, true)
            }
        }
        if !isMine { try? await group.shutdownGracefully() }  // another task was first
        return result
    }
}
