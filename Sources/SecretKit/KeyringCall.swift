import CSecret
import Foundation
import Synchronization

/// Runs one blocking call of libsecret on a thread of its own and gives up waiting for it when the time is over.
enum KeyringCall {
    /// How long a cancelled call may take to say so before it is left behind.
    private static let grace = Duration.milliseconds(200)

    static func run<Result: Sendable>(
        _ timeout: Duration, _ body: @escaping @Sendable (Cancellable) throws(KeyringError) -> Result
    ) async throws(KeyringError) -> Result {
        let cancellable = Cancellable()
        let answer: Swift.Result<Result, KeyringError> = await withCheckedContinuation { continuation in
            let once = Once(continuation)
            // A thread, not a task: the call blocks, and may do so for ever.
            Thread.detachNewThread {
                once.resume(Swift.Result { () throws(KeyringError) in try body(cancellable) })
            }
            Task {
                try? await Task.sleep(for: timeout)
                cancellable.cancel()
                try? await Task.sleep(for: grace)
                once.resume(.failure(.timedOut))
            }
        }
        return try answer.get()
    }
}

/// Takes the first of two answers.
private final class Once<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value, Never>?>
    init(_ continuation: CheckedContinuation<Value, Never>) { self.continuation = Mutex(continuation) }

    func resume(_ value: Value) {
        continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }?.resume(returning: value)
    }
}

/// A GCancellable, which is made for being cancelled from another thread.
// Safe to share: GIO documents it as thread-safe, and the pointer never changes.
final class Cancellable: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<GCancellable>? = g_cancellable_new()

    func cancel() { g_cancellable_cancel(pointer) }
    deinit { g_object_unref(pointer) }
}
