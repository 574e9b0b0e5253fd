public import BaseKit
import Logging
import SessionWire
public import SodiumKit

/// Talks to the Session network for one profile: knows its nodes, builds onion paths, keeps the network's time, finds
/// swarms, stores and fetches. Nothing in it runs by a timer; work happens when somebody asks for something.
///
/// The files `SessionNetwork+….swift` hold one duty each; what they decide is in value types beside them.
public actor SessionNetwork {
    /// What this network starts from.
    public nonisolated let definition: NetworkDefinition
    let options: NetworkOptions
    let random: any RandomSource
    let storage: NetworkStateStorage
    let transport: HTTPTransport
    let courier: OnionCourier
    let picker: PathPicker
    let clock: NetworkClock
    let contacts = ContactedHosts()
    let board = StatusBoard()
    let log = Log.logger("network")

    var pool = NodePool()
    var quorum = PoolQuorum()
    var onionPaths: [OnionPath] = []
    var nextPathID: UInt64 = 1
    var entries = EntryNodes()
    var swarms = SwarmTable()
    var blame = HeldBlame()

    /// Work that several callers wait for. Its value is what went wrong.
    var poolWork: Task<NetworkError?, Never>?
    var refreshWork: Task<NetworkError?, Never>?
    var pathWork: Task<NetworkError?, Never>?
    var clockWork: Task<NetworkError?, Never>?
    var lastRefresh: ContinuousClock.Instant?
    /// When the last attempt to build a path failed; `nil` after one that did not.
    var lastPathFailure: ContinuousClock.Instant?
    /// Messages that less than half of a swarm has confirmed, with how often they were stored again.
    var unconfirmed: [MessageHash: Unconfirmed] = [:]
    var confirmWork: Task<Void, Never>?
    /// Work that nobody waits for.
    var background: [UInt64: Task<Void, Never>] = [:]
    private var nextBackgroundID: UInt64 = 1

    var isRunning = false
    var isAvailable = true
    /// Work started before a stop or a change of network must not report into the time after it.
    var generation: UInt64 = 0
    private var unsaved: Set<StateKey> = []
    private var isSaving = false
    private var loading: Task<Void, Never>?

    /// - Parameter storage: keeps nodes, entry nodes and swarms between runs.
    public init(
        definition: NetworkDefinition, storage: NetworkStateStorage, random: any RandomSource = SystemRandom(),
        options: NetworkOptions = .init()
    ) {
        self.init(
            definition: definition, storage: storage, random: random, options: options,
            transport: .sockets(idleTimeout: options.idleConnectionTimeout))
    }

    /// - Parameter transport: how nodes and seeds are reached, such as a proxy.
    public init(
        definition: NetworkDefinition, storage: NetworkStateStorage, random: any RandomSource = SystemRandom(),
        options: NetworkOptions = .init(), transport: HTTPTransport
    ) {
        self.definition = definition
        self.options = options
        self.random = random
        self.storage = storage
        self.transport = transport
        clock = NetworkClock(systemTime: options.systemTime)
        picker = PathPicker(separatesSubnets: options.separatesSubnets, random: random)
        courier = OnionCourier(
            transport: transport, random: random, cipher: options.cipher, connectTimeout: options.connectTimeout,
            maximumReply: options.maximumReply, contacts: contacts)
    }

    deinit {
        for task in background.values { task.cancel() }
        for task in [poolWork, refreshWork, pathWork, clockWork] { task?.cancel() }
        confirmWork?.cancel()
    }

    // MARK: Life

    /// Reads what was kept and begins to connect; returns before that is done. Twice is once.
    public func start() async {
        guard !isRunning else { return }
        isRunning = true
        generation &+= 1
        let started = generation
        publish()
        await loaded()
        // Meanwhile it may have been stopped, or the machine may have changed its network.
        guard isRunning, started == generation else { return }
        confirmWaiting()
        inBackground { await $0.warmUp() }
    }

    /// Ends all work and closes connections. `start()` begins again.
    public func stop() async {
        guard isRunning else { return }
        isRunning = false
        await dropWork()
        publish()
    }

    /// To be told when the machine gains, loses or changes its network. While there is none, requests fail with
    /// `.offline` at once. A network that lives on this machine alone does not care.
    public func networkChanged(isAvailable available: Bool) async {
        let available = available || definition.isLocal
        guard isRunning else {
            isAvailable = available
            return
        }
        isAvailable = available
        await dropWork()
        publish()
        guard available, isRunning else { return }
        confirmWaiting()
        inBackground { await $0.warmUp() }
    }

    private func dropWork() async {
        generation &+= 1
        for task in background.values { task.cancel() }
        background = [:]
        for task in [poolWork, refreshWork, pathWork, clockWork] { task?.cancel() }
        (poolWork, refreshWork, pathWork, clockWork) = (nil, nil, nil, nil)
        confirmWork?.cancel()
        confirmWork = nil
        lastPathFailure = nil
        blame = HeldBlame()
        entries.wakeAll()
        await transport.closeIdleConnections()
    }

    /// Nodes, paths and time, so that the first request finds them ready.
    private func warmUp() async {
        do throws(NetworkError) {
            // Whoever needs the time meanwhile goes on with what is known.
            if let age = clock.age, age > options.clockLifetime { try await resyncClock() }
            try await ensureClock()
            refreshPoolIfOld()
        } catch {
            note(error)
        }
    }

    /// Throws when requests make no sense now.
    func requireRunning() throws(NetworkError) {
        guard isRunning, isAvailable else { throw .offline }
        guard !Task.isCancelled else { throw .cancelled }
    }

    // MARK: What others may look at

    /// The present state. Cheap, from any thread.
    public nonisolated var status: NetworkStatus { board.status }

    /// The present state and every change of it. A slow reader skips to the newest.
    public nonisolated func statusUpdates() -> AsyncStream<NetworkStatus> { board.updates() }

    /// The network's time in Unix milliseconds; the machine's until it is known. Cheap, from any thread.
    public nonisolated func now() -> UInt64 { clock.now() }

    /// The network's time, waiting for it to be known. For time stamps that others check.
    public func synchronizedNow() async throws(NetworkError) -> UInt64 {
        try await ensureClock()
        return clock.now()
    }

    /// Whom this machine opened connections to since the start, and why.
    public nonisolated func contactedHosts() -> [ContactedHost] { contacts.list() }

    /// Brings the status up to date.
    func publish() {
        let readyPaths = onionPaths.count { $0.hasWorked }
        let isConnected = readyPaths > 0 && clock.isSet
        let phase: NetworkStatus.Phase = !(isRunning && isAvailable) ? .offline : isConnected ? .ready : .connecting
        board.update { status in
            status.phase = phase
            status.readyPaths = readyPaths
            status.poolSize = pool.count
            status.clockOffset = clock.offset.map { .seconds(Int($0.milliseconds / 1_000)) }
        }
    }

    /// Keeps an error for the status; `nil` after a success.
    func note(_ error: NetworkError?) {
        guard error != .cancelled else { return }
        board.update { $0.lastError = error }
    }

    // MARK: Tasks

    /// Runs `work` as long as the network runs; nobody waits for it.
    func inBackground(_ work: @escaping @Sendable (SessionNetwork) async -> Void) {
        let id = nextBackgroundID
        nextBackgroundID += 1
        background[id] = Task { [weak self] in
            guard let self else { return }
            await work(self)
            await self.finished(id)
        }
    }

    private func finished(_ id: UInt64) { background[id] = nil }

    // MARK: Keeping

    enum StateKey: String, CaseIterable, Sendable { case pool, entries, swarms }

    /// Waits until what was kept has been read, which happens once. Whoever asks earlier would go to the seeds and to
    /// new entry nodes although others are known.
    func loaded() async {
        let work = loading ?? Task { await load() }
        loading = work
        await work.value
    }

    private func load() async {
        if let bytes = await storage.load(StateKey.pool.rawValue), let kept = NodePool(encoded: bytes), pool.isEmpty {
            pool = kept
        }
        if let bytes = await storage.load(StateKey.entries.rawValue), let kept = EntryNodes(encoded: bytes) {
            entries = kept
        }
        if let bytes = await storage.load(StateKey.swarms.rawValue), let kept = SwarmTable(encoded: bytes) {
            swarms = kept
        }
        // The process may have died after it had saved one of them and before it saved the other.
        swarms.keepNodes(of: pool)
        publish()
    }

    /// Saves soon. Changes that follow quickly are saved together, and one save is over before the next starts.
    func save(_ key: StateKey) {
        unsaved.insert(key)
        guard !isSaving else { return }
        isSaving = true
        Task { await writeUnsaved() }
    }

    private func writeUnsaved() async {
        while let key = unsaved.popFirst() {
            let bytes: [UInt8] =
                switch key {
                case .pool: pool.encoded()
                case .entries: entries.encoded()
                case .swarms: swarms.encoded()
                }
            await storage.save(key.rawValue, bytes)
        }
        isSaving = false
    }
}
