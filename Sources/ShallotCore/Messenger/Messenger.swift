import BaseKit
import Foundation
import Logging
public import SessionNetwork
import SessionWire
public import ShallotStore
import SodiumKit
import Synchronization

/// One open profile: an account, its conversations and its way into the network. The window and the command line stand
/// on it alike.
///
/// It holds the lock of its data directory for as long as it lives. When the last reference goes away, all work stops
/// where it stands; nothing is lost by that, see ``close()``.
public actor Messenger {
    public nonisolated let store: Store
    public nonisolated let network: SessionNetwork
    /// Where the database key is kept; a plain file is worth a line in Preferences.
    public nonisolated var keyLocation: KeyVault.Location { keyPlace.withLock { $0 } }

    nonisolated let announcements = Broadcast<MessengerEvent>(bufferLimit: 20_000)
    let options: MessengerOptions
    let log = Log.logger("messenger")
    var active: ActiveAccount?
    private var lock: DirectoryLock?
    private let vault: KeyVault
    var isAdopting = false
    private var isStarted = false
    private var receives = true
    /// Who would see new messages.
    public private(set) var attention = PollPolicy.Attention.visible
    private var isMetered = false
    private var networkWork: Task<Void, Never>?
    private nonisolated let keyPlace: Mutex<KeyVault.Location>
    private var keyMove: Task<Void, Never>?
    /// The latest of the tasks that start and stop the work: they follow each other in the order of the calls.
    private var lifecycle: Task<Void, Never>?

    private init(
        options: MessengerOptions, lock: DirectoryLock, vault: KeyVault, store: Store
    ) {
        self.options = options
        self.lock = lock
        self.vault = vault
        keyPlace = Mutex(vault.location ?? .file)
        self.store = store
        var networkOptions = options.network
        networkOptions.systemTime = { [now = options.now] in now().milliseconds }
        network = SessionNetwork(
            definition: options.definition, storage: .database(store, definition: options.definition),
            options: networkOptions)
    }

    deinit {
        networkWork?.cancel()
        active?.cancel()
        announcements.finish()
    }

    // MARK: Opening and closing

    /// Opens the profile in a data directory, making it when there is none. Does not touch the network.
    public static func open(_ options: MessengerOptions) async throws(OpenError) -> Messenger {
        let messenger: Messenger
        do {
            let lock = try DataDirectory.lock(options.directory)
            let vault = KeyVault(directory: options.directory, keyring: options.keyring)
            let key = try await vault.databaseKey()
            let store = try Store.open(directory: options.directory, key: key)
            messenger = Messenger(
                options: options, lock: lock, vault: vault, store: store)
            try await messenger.loadAccount()
        } catch {
            throw OpenError(error)
        }
        return messenger
    }

    private func loadAccount() async throws {
        guard let account = try await store.account() else { return }
        activate(try AccountKeys(seed: account.seed))
    }

    /// Connects, polls and sends from now on. Returns at once; ``events()`` and the network's status tell how it goes.
    /// - Parameter receives: `false` only sends.
    public func start(receives: Bool = true) async { await inTurn { await $0.begin(receives: receives) } }

    private func begin(receives: Bool) {
        guard !isStarted else { return }
        isStarted = true
        self.receives = receives
        networkWork = Task { [network, announcements] in
            let updates = network.statusUpdates()
            await network.start()
            for await status in updates { announcements.send(.networkStatus(status)) }
        }
        active?.start(receives: receives)
    }

    /// Stops polling and sending. What waits is sent after the next start.
    public func stop() async { await inTurn { await $0.end() } }

    private func end() async {
        guard isStarted else { return }
        isStarted = false
        // The other side of a call is told while there is a network.
        await active?.calls.shutDown()
        networkWork?.cancel()
        // It may not have come to starting the network yet, and would do so afterwards.
        await networkWork?.value
        networkWork = nil
        // The network first: what is on its way then ends at once, and the tasks that wait for it too.
        await network.stop()
        await active?.stop()
    }

    private func inTurn(_ work: @escaping @Sendable (Messenger) async -> Void) async {
        let earlier = lifecycle
        let task = Task {
            await earlier?.value
            await work(self)
        }
        lifecycle = task
        await task.value
    }

    /// Stops, closes the database and gives the data directory free. The messenger is of no use afterwards.
    public func close() async {
        await stop()
        announcements.finish()
        do { try store.close() } catch { log.error("The database could not be closed: \(error)") }
        lock = nil
    }

    /// Ends everything where it stands, as a killed process would: nothing is waited for, nothing is told. For tests.
    package func abandon() {
        networkWork?.cancel()
        active?.cancel()
        active = nil
        try? store.close()  // what is still being written then fails, as it would
        lock = nil
    }

    /// Removes the account and everything else from this device: the database, its key, settings. The account itself
    /// lives on in its recovery phrase. The messenger is closed afterwards; open another one to start anew.
    /// - Returns: whether the key is certainly gone; `false` if the desktop keyring kept it.
    /// - Throws: when files could not be removed. Without their key they are noise.
    @discardableResult
    public func clearData() async throws(OpenError) -> Bool {
        guard let lock else { throw .other("The profile is already closed.") }
        await stop()
        await keyMove?.value  // or the key would be put away after it was destroyed
        announcements.finish()
        active = nil
        do {
            try store.close()
            let isKeyGone = try await DataDirectory.erase(lock, vault: vault)
            self.lock = nil
            return isKeyGone
        } catch {
            throw OpenError(error)
        }
    }

    /// Moves a key that lies in a file into the desktop's key ring, if there is one by now. Returns at once: a key ring may
    /// take seconds to answer.
    public func moveKeyToKeyring() {
        guard keyLocation == .file, options.keyring != nil, keyMove == nil, lock != nil else { return }
        keyMove = Task { [weak self, vault] in
            if await vault.moveToKeyring() == .keyring { await self?.keyMoved() }
        }
    }

    private func keyMoved() {
        keyPlace.withLock { $0 = .keyring }
        log.notice("The key was moved from its file into the key ring.")
    }

    // MARK: Surroundings

    /// What happens from now on. The stream ends when the messenger is closed.
    public nonisolated func events() -> AsyncStream<MessengerEvent> { announcements.subscribe() }

    /// Messages are looked for more often while a window has the keyboard, and less often when none was open for long.
    public func setAttention(_ attention: PollPolicy.Attention) async {
        self.attention = attention
        await active?.poller.setAttention(attention)
    }

    /// Whether somebody watches who has no window, such as at the command line.
    public func setFocused(_ isFocused: Bool) async { await setAttention(isFocused ? .focused : .visible) }

    /// The machine got or lost its connection, or woke up.
    /// - Parameter isMetered: the connection is paid by volume.
    public func networkChanged(isAvailable: Bool, isMetered: Bool = false) async {
        await setMetered(isMetered)
        await network.networkChanged(isAvailable: isAvailable)
        guard isAvailable else { return }
        await active?.outbox.resume(networkIsBack: true)
        await active?.outbox.retryUnseen()
        await active?.sync.resume()
        await active?.poller.pollNow()
        await active?.calls.networkChanged()
    }

    /// Messages are looked for less often on a connection that is paid by volume.
    public func setMetered(_ isMetered: Bool) async {
        self.isMetered = isMetered
        await active?.poller.setMetered(isMetered)
    }

    /// Looks for messages at once.
    public func pollNow() async { await active?.poller.pollNow() }

    /// Whether nothing waits to be sent, copies for the account's other devices included.
    public func isOutboxEmpty() async throws -> Bool {
        guard let active else { return true }
        return try await active.outbox.isEmpty()
    }

    /// Makes `keys` the account of this profile.
    func activate(_ keys: AccountKeys) {
        let account = ActiveAccount(keys: keys, store: store, network: network, options: options) {
            [announcements] in announcements.send($0)
        }
        active = account
        Task { [poller = account.poller, attention, isMetered] in
            await poller.setMetered(isMetered)
            await poller.setAttention(attention)
        }
        if isStarted { account.start(receives: receives) }
    }

    /// The account's parts. - Throws: ``AccountError/none`` without an account.
    func requireAccount() throws(AccountError) -> ActiveAccount {
        guard let active else { throw .none }
        return active
    }
}
