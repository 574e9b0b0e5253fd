public import Observation
import SessionCalls
public import SessionWire
public import ShallotCore

/// All calls of an account: whether there may be any, the one that goes on, and who called meanwhile.
@Observable
@MainActor  // Spelt out: optimised builds of other modules do not find this module's default at the `deinit`.
public final class CallsModel {
    /// Somebody who called during a call, and heard that we are busy.
    public struct Interruption: Equatable, Sendable {
        public let person: AccountID
        public let name: String
    }

    public let devices: CallDevicesModel
    public private(set) var mode = CallMode.off
    /// The call that has a window.
    public private(set) var call: CallModel?
    public private(set) var interruption: Interruption?
    /// The question is to be asked.
    public private(set) var consent: ConsentModel?
    public private(set) var notice: Notice?

    private let actions: CallActions
    private let surroundings: Surroundings
    private let saveMode: (CallMode) async throws -> Void
    private let name: (AccountID) -> String
    private let isMuted: (AccountID) -> Bool
    @ObservationIgnored private var following: Task<Void, Never>?

    /// - Parameters:
    ///   - name: what somebody is called, without waiting.
    ///   - isMuted: whether somebody's conversation makes no sound.
    ///   - saveMode: keeps the setting of this device.
    init(
        actions: CallActions, surroundings: Surroundings, name: @escaping (AccountID) -> String,
        isMuted: @escaping (AccountID) -> Bool = { _ in false },
        saveMode: @escaping (CallMode) async throws -> Void,
        saveDevices: @escaping ([String: String]) async throws -> Void = { _ in }
    ) {
        devices = CallDevicesModel(save: saveDevices, use: actions.use)
        (self.actions, self.surroundings) = (actions, surroundings)
        (self.name, self.isMuted, self.saveMode) = (name, isMuted, saveMode)
    }

    isolated deinit { following?.cancel() }

    // MARK: The setting

    func load(_ read: () async throws -> CallMode) async {
        do { mode = try await read() } catch { notice = Notice(error) }
    }

    public var areOn: Bool { mode != .off }

    public func setMode(_ fresh: CallMode) async {
        guard fresh != mode else { return }
        do { try await save(fresh) } catch { notice = Notice(error) }
    }

    private func save(_ fresh: CallMode) async throws {
        try await saveMode(fresh)
        mode = fresh
    }

    /// Asks what calls may show, and turns them on if somebody wants them.
    /// - Parameter then: what follows when they are on.
    public func askForConsent(leadsToCall: Bool = false, then: (() async -> Void)? = nil) {
        guard !areOn, consent.map({ $0.isDone }) ?? true else { return }
        consent = ConsentModel(leadsToCall: leadsToCall) { [weak self] mode in
            try await self?.save(mode)
            if let then { Task { await then() } }
        }
    }

    // MARK: Calling

    /// Why a call button does nothing; `nil` when it does something.
    public var obstacle: String? {
        call.map { !$0.isOver } ?? false ? tr("Finish the call that is going on first.") : nil
    }

    /// Calls somebody, after the question about calls if they are off.
    public func place(_ person: AccountID, withVideo: Bool) async {
        guard areOn else {
            return askForConsent(leadsToCall: true) { [weak self] in await self?.place(person, withVideo: withVideo) }
        }
        guard obstacle == nil else { return notice = Notice(text: obstacle ?? "") }
        call?.dismiss()
        do { try await actions.place(person, withVideo) } catch { notice = Notice(error) }
    }

    /// Once more the person of the call that is over.
    public func callAgain() async {
        guard let call, call.isOver else { return }
        await place(call.peer, withVideo: call.isCameraOn)
    }

    // MARK: Somebody else called meanwhile

    public func forgetInterruption() { if interruption != nil { interruption = nil } }

    /// Ends the call that goes on and calls whoever tried meanwhile.
    public func endAndCallBack() async {
        guard let interruption else { return }
        self.interruption = nil
        await call?.hangUp()
        // The end is known when the call says so; nobody waits longer than for a second click.
        for _ in 0..<Self.looksForEnd {
            if call?.isOver ?? true { break }
            do { try await surroundings.sleep(.milliseconds(100)) } catch { return }
        }
        await place(interruption.person, withVideo: false)
    }

    private static let looksForEnd = 50

    // MARK: Following

    func take(_ snapshot: CallSnapshot) {
        if let call, call.id == snapshot.id { return call.update(snapshot) }
        guard !snapshot.hasEnded else { return }
        call?.dismiss()
        let fresh = CallModel(
            snapshot, name: name(snapshot.peer), isSilent: isMuted(snapshot.peer), actions: actions,
            surroundings: surroundings)
        fresh.dismissed = { [weak self, weak fresh] in
            if let self, call === fresh { call = nil }
        }
        following?.cancel()
        (call, interruption) = (fresh, nil)
        following = Task { await fresh.run() }
    }

    func missed(_ person: AccountID) {
        guard let call, !call.isOver, call.peer != person else { return }
        interruption = Interruption(person: person, name: name(person))
    }
}
