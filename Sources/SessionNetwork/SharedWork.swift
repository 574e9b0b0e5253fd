/// Waits for work that others wait for too: cancelling this task ends the waiting, not the work.
func waiting<Value: Sendable>(for work: Task<Value, Never>) async throws(NetworkError) -> Value {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingNewest(1))
    let follower = Task {
        continuation.yield(await work.value)
        continuation.finish()
    }
    defer { follower.cancel() }
    for await value in stream { return value }
    throw .cancelled
}

/// Runs `work`, ending it with `.timedOut` when it takes longer.
func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws(NetworkError) -> Value
) async throws(NetworkError) -> Value {
    let outcome = await withTaskGroup(of: Result<Value, NetworkError>?.self) { group in
        group.addTask {
            do throws(NetworkError) { return .success(try await work()) } catch { return .failure(error) }
        }
        group.addTask {
            // Cancelled as soon as the work is over.
            try? await Task.sleep(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
    guard let outcome else { throw Task.isCancelled ? .cancelled : .timedOut }
    return try outcome.get()
}
