import BaseKit
import Foundation
import Logging
public import MediaKit
public import SessionCalls
import SessionMedia
public import SessionWire
import ShallotStore

/// Performs what the call machine decides: sends and reads signals, rings, opens media, writes rows. Of an incoming call
/// nothing is opened, gathered or sent before ``accept(_:)``.
/// - Source: calls.md §1–§5, §10, §11
public actor CallService {
    let store: Store
    let keys: AccountKeys
    let dependencies: CallDependencies
    let log = Log.logger("calls")
    var machine = CallMachine()
    var engine: CallEngine?
    var media = CallMedia()
    var isMuted = false
    var isCameraOn = false
    var hasPicture = false
    var isRelayOnly = false
    /// Why no picture of ours is shown although somebody wanted it.
    var pictureTrouble: DeviceTrouble?
    /// What is used of what was chosen, as long as media are open.
    var devices = DeviceChoice()
    var screen: ScreenSource?
    var deviceWatch: Task<Void, Never>?
    /// `nil` before it was looked.
    var deviceList: [MediaDevice]?
    /// The latest of the tasks that write rows: they follow each other in the order of what happened.
    var lastWriting: Task<Void, Never>?
    /// All signals that are on their way.
    var lastSending: Task<Void, Never>?
    /// Those of them that must not arrive after the end of their call.
    var descriptionsUnderway: [CallID: Task<Void, Never>] = [:]
    var lastClosing: Task<Void, Never>?
    private var loading: Task<Void, Never>?
    private var alarm: Task<Void, Never>?
    private var isUrgent = false
    private var published: CallSnapshot?
    /// What the machine had when the media were opened, or looked for a new way.
    var addresses: Set<String>?

    init(store: Store, keys: AccountKeys, dependencies: CallDependencies) {
        (self.store, self.keys, self.dependencies) = (store, keys, dependencies)
    }

    /// The call that is going on, or the last one with its end.
    public var current: CallSnapshot? { snapshot }

    // MARK: The person

    /// Calls somebody.
    /// - Parameter isRelayOnly: `nil` takes what is set for this person.
    @discardableResult
    public func place(
        _ person: AccountID, media: CallMedia, isRelayOnly: Bool? = nil
    ) async throws(CallError) -> CallID {
        await loaded()
        let (mode, gate) = try await gate(person)
        try gate.requireOpen()
        guard !isActive else { throw .busy }
        try prepare(media, isRelayOnly: isRelayOnly ?? (mode != .direct))
        let id = CallID(random: dependencies.random)
        handle(.place(id, to: person, gate: gate))
        return id
    }

    /// Answers the call that rings.
    public func accept(_ media: CallMedia, isRelayOnly: Bool? = nil) async throws(CallError) {
        guard let call = machine.call, call.isRingingHere else { throw .nothingRings }
        let (mode, gate) = try await gate(call.peer)
        guard machine.call?.id == call.id, machine.call?.isRingingHere == true else { throw .nothingRings }
        // The person may have thought otherwise since it began to ring.
        try gate.requireOpen()
        try prepare(media, isRelayOnly: isRelayOnly ?? (mode != .direct))
        handle(.accept)
    }

    public func decline() { handle(.decline) }

    /// Ends the call, whatever it is doing.
    public func hangUp() { handle(machine.call?.isRingingHere == true ? .decline : .hangUp) }

    public func setMuted(_ isMuted: Bool) {
        self.isMuted = isMuted
        engine?.perform(.mute(isMuted))
        publish()
    }

    public func setCamera(isOn: Bool) {
        isCameraOn = isOn
        // Whoever turns it on sees it go back, with the reason, where there is none.
        pictureTrouble = nil
        publish()
        pictureChanged()
    }

    /// Something about the network changed. Of that only other addresses are a reason to look for a new way.
    func networkChanged() {
        guard isActive, engine != nil else { return }
        let now = dependencies.addresses()
        guard now == nil || now != addresses else { return }
        addresses = now
        handle(.addressesChanged)
    }

    /// `nil` while nothing flows.
    public func statistics() async -> PeerStatistics? { await engine?.statistics() }

    /// Ends a call that is going on and waits a moment until the other side can know.
    func shutDown() async {
        if isActive { hangUp() }
        await lastSending?.value
        await lastWriting?.value
        await lastClosing?.value
    }

    // MARK: The machine

    var isActive: Bool { machine.call.map { !$0.hasEnded } ?? false }

    private var networkNow: Date { Date(milliseconds: dependencies.networkNow()) }

    func handle(_ event: CallEvent) {
        for action in machine.handle(event, at: networkNow) { perform(action) }
        setAlarm()
        publish()
        let isUrgent = machine.wantsFastPolling
        guard isUrgent != self.isUrgent else { return }
        self.isUrgent = isUrgent
        Task { [dependencies] in await dependencies.setUrgent(isUrgent) }
    }

    /// Wakes the machine when something is due.
    private func setAlarm() {
        alarm?.cancel()
        guard let deadline = machine.nextDeadline else { return alarm = nil }
        let pause = max(0.01, deadline.timeIntervalSince(networkNow))
        alarm = Task { [weak self] in
            do { try await Task.sleep(for: .seconds(pause)) } catch { return }
            await self?.handle(.tick)
        }
    }

    /// What was remembered before a restart; read once.
    func loaded() async {
        let work = loading ?? Task { await load() }
        loading = work
        await work.value
    }

    private func load() async {
        do {
            let kept = try await store.finishedCalls(now: networkNow, limit: FinishedCalls.limit)
            let told = try await store.preference(.callsOffTold).compactMap { id, time in
                AccountID(id).map { ($0, time) }
            }
            machine.recall(
                FinishedCalls(kept.compactMap(\.entry)), callsOffTold: Dictionary(told) { max($0, $1) })
        } catch {
            // The next call tries again.
            loading = nil
            log.error("Calls that are over cannot be read: \(error)")
        }
    }

    /// What counts for somebody now.
    func gate(_ person: AccountID) async throws(CallError) -> (CallMode, CallGate) {
        do {
            let contact = try await store.contact(person)
            let mode = try await store.preference(.callMode)
            let own = try await store.preference(.callModesOfPeople)[person.description]
            let effective = mode == .off ? .off : own ?? mode
            let gate = CallGate(
                isBlocked: contact?.isBlocked ?? false, isApproved: contact?.isApproved ?? false,
                didApproveUs: contact?.approvedMe ?? false, areCallsOn: effective != .off)
            return (effective, gate)
        } catch {
            throw .storage("\(error)")
        }
    }

    private func prepare(_ media: CallMedia, isRelayOnly: Bool) throws(CallError) {
        do { try MediaSystem.start() } catch { throw CallError(error) }
        if isRelayOnly, !dependencies.relays.contains(where: { $0.url.hasPrefix("turn") }) { throw .noRelay }
        (self.media, self.isRelayOnly, isCameraOn) = (media, isRelayOnly, media.isCameraOn)
        (isMuted, hasPicture, pictureTrouble, screen) = (false, false, nil, nil)
    }

    // MARK: What others see

    var snapshot: CallSnapshot? {
        guard let call = machine.call else { return nil }
        var snapshot = CallSnapshot(call)
        (snapshot.isMuted, snapshot.isCameraOn, snapshot.hasPicture) = (isMuted, isCameraOn, hasPicture)
        (snapshot.isRelayOnly, snapshot.isSharingScreen) = (isRelayOnly, screen != nil)
        snapshot.troubles =
            devices.troubles.filter { $0.kind != pictureTrouble?.kind } + [pictureTrouble].compactMap(\.self)
        return snapshot
    }

    func publish() {
        guard let snapshot, snapshot != published else { return }
        published = snapshot
        dependencies.report(.call(snapshot))
    }
}

extension CallGate {
    fileprivate func requireOpen() throws(CallError) {
        guard areCallsOn else { throw .off }
        guard !isBlocked else { throw .blocked }
        guard isOpen else { throw .notAccepted }
    }
}

extension FinishedCallRecord {
    fileprivate var entry: (id: CallID, verdict: FinishedCalls.Verdict, until: Date)? {
        guard let id = CallID(call), let verdict = FinishedCalls.Verdict(rawValue: verdict) else { return nil }
        return (id, verdict, until)
    }
}
