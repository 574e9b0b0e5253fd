public import Observation

/// Something that happened on the screen but is not final yet, and can be taken back.
public nonisolated struct UndoOffer: Identifiable, Equatable, Sendable {
    public let id: Int
    /// "Message deleted", up to 60 characters.
    public let text: String
}

/// Holds back what cannot be undone later for 10 seconds. One offer at a time: a new one makes the one before it final.
@Observable
public final class UndoModel {
    public nonisolated static let grace = Duration.seconds(10)

    public private(set) var offer: UndoOffer?

    private var perform: (() async -> Void)?
    private var takeBack: (() -> Void)?
    private var timer: Task<Void, Never>?
    private var count = 0
    private let surroundings: Surroundings

    public init(surroundings: Surroundings = Surroundings()) { self.surroundings = surroundings }

    /// Offers to take something back.
    /// - Parameters:
    ///   - takeBack: puts the screen back; called at most once, and never after `perform`.
    ///   - perform: makes it final.
    public func offer(_ text: String, takeBack: @escaping () -> Void, perform: @escaping () async -> Void) async {
        await finish()
        count += 1
        offer = UndoOffer(id: count, text: text)
        (self.takeBack, self.perform) = (takeBack, perform)
        timer = Task { [weak self, surroundings, id = count] in
            do { try await surroundings.sleep(Self.grace) } catch { return }  // taken back or finished early
            await self?.finish(id)
        }
    }

    /// Takes the offered thing back.
    public func undo(_ id: UndoOffer.ID) {
        guard offer?.id == id else { return }
        let takeBack = takeBack
        forget()
        takeBack?()
    }

    /// Makes the offered thing final now: the toast was closed, the conversation left, the app is quitting.
    public func finish(_ id: UndoOffer.ID? = nil) async {
        guard let offer, id == nil || offer.id == id else { return }
        let perform = perform
        forget()
        await perform?()
    }

    private func forget() {
        timer?.cancel()
        (offer, perform, takeBack, timer) = (nil, nil, nil, nil)
    }
}
