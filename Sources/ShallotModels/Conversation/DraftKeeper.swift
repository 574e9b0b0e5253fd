import SessionWire

/// Writes a draft down within a second of each change, without writing at each key.
@MainActor final class DraftKeeper {
    /// How long changes gather before they are written.
    nonisolated static let delay = Duration.milliseconds(500)

    private var pending: String?
    private var timer: Task<Void, Never>?
    /// The latest save: they follow each other.
    private var saving: Task<Void, Never>?
    private let sleep: @Sendable (Duration) async throws -> Void
    private let save: (String) async -> Void

    init(sleep: @escaping @Sendable (Duration) async throws -> Void, save: @escaping (String) async -> Void) {
        (self.sleep, self.save) = (sleep, save)
    }

    /// Takes note of a change. A timer that already runs is not put off: whoever types without a pause is saved too.
    func changed(to text: String) {
        pending = text
        guard timer == nil else { return }
        timer = Task { [weak self, sleep] in
            do { try await sleep(Self.delay) } catch { return }  // written earlier by `flush`
            await self?.flush()
        }
    }

    /// Drops what is not written yet: the text becomes a message, whose transaction empties the stored draft. A save that
    /// has begun goes on, see `settle`.
    func forget() {
        timer?.cancel()
        timer = nil
        pending = nil
    }

    /// Writes what is not written yet: the conversation is left, the app quits.
    func flush() async {
        timer?.cancel()
        timer = nil
        if let text = pending {
            pending = nil
            saving = Task { [save, earlier = saving] in
                await earlier?.value
                await save(text)
            }
        }
        await settle()
    }

    /// Waits for a save that has begun. Whoever empties the stored draft must not be overtaken by it.
    func settle() async { await saving?.value }
}
