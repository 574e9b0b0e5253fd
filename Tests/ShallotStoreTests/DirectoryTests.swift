import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import ShallotStore

@Suite("The data directory") struct DirectoryTests {
    let parent: Scratch
    private var url: URL { parent.url.appending(path: "a/profile") }
    init() throws { parent = try Scratch() }

    @Test func `it is made private, whatever the umask`() throws {
        let lock = try DataDirectory.lock(url)
        let mode = try FileManager.default.attributesOfItem(atPath: lock.url.path)
        #expect((mode[.posixPermissions] as? Int) == 0o700)
    }

    @Test(arguments: [0o755, 0o750, 0o701, 0o777] as [mode_t])
    func `one that others can enter is refused`(mode: mode_t) throws {
        _ = try DataDirectory.lock(url)
        chmod(url.path, mode)
        #expect(throws: StoreError.unsafePermissions) { try DataDirectory.lock(url) }
    }

    @Test func `a file in its place, or above it, is no directory`() throws {
        try parent.write([1], "a")
        #expect(throws: StoreError.self) { try DataDirectory.lock(url) }
        #expect(throws: StoreError.noDirectory) { try DataDirectory.lock(parent.url.appending(path: "a")) }
    }

    @Test func `it is held once, until it is let go`() throws {
        var lock: DirectoryLock? = try DataDirectory.lock(url)
        #expect(throws: StoreError.busy) { try DataDirectory.lock(url) }
        withExtendedLifetime(lock) {}
        lock = nil
        _ = try DataDirectory.lock(url)
    }

    @Test func `another process finds it busy`() async throws {
        let lock = try DataDirectory.lock(url)
        await #expect(processExitsWith: .success) { [path = url.path as String] in
            #expect(throws: StoreError.busy) { try DataDirectory.lock(URL(filePath: path)) }
        }
        withExtendedLifetime(lock) {}
    }

    @Test func `a directory that cannot be written is read-only, not damaged`() async throws {
        let lock = try DataDirectory.lock(url)
        try Store.open(directory: lock.url, key: SecretBytes([UInt8](repeating: 1, count: 32))).close()
        await #expect(processExitsWith: .success) { [path = url.path as String, parent = parent.url.path as String] in
            // Root may write anywhere: be somebody else, to whom the directory belongs.
            if geteuid() == 0 {
                for item in [parent, parent + "/a", path] { chown(item, 65_534, 65_534) }
                for name in try FileManager.default.contentsOfDirectory(atPath: path) {
                    chown(path + "/" + name, 65_534, 65_534)
                }
                #expect(seteuid(65_534) == 0)
            }
            chmod(path, 0o500)
            #expect(throws: StoreError.readOnly) {
                try Store.open(directory: URL(filePath: path), key: SecretBytes([UInt8](repeating: 1, count: 32)))
            }
            chmod(path, 0o700)
            try Store.open(directory: URL(filePath: path), key: SecretBytes([UInt8](repeating: 1, count: 32))).close()
        }
    }

    @Test func `on a full disk a write fails by name, and what was there stays`() async throws {
        let lock = try DataDirectory.lock(url)
        await #expect(processExitsWith: .success) { [path = lock.url.path as String] in
            let store = try Store.open(
                directory: URL(filePath: path), key: SecretBytes([UInt8](repeating: 1, count: 32)))
            try await store.insertIncoming(Sample.incoming(2, second: 0, "kept"))
            // A limit on the size of files works for everybody; a quota and a full disk come back the same way.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 300_000, rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(1), &limit)  // RLIMIT_FSIZE
            await #expect(throws: StoreError.diskFull) {
                try await store.insertIncoming((1..<4_000).map { try Sample.incoming(2, second: $0, "too much") })
            }
            #expect(try await store.page(Sample.conversation(2)).map(\.body) == ["kept"])
            limit.rlim_cur = rlim_t.max
            setrlimit(__rlimit_resource_t(1), &limit)
            try await store.insertIncoming(Sample.incoming(2, second: 1, "after"))
            try store.close()
        }
        let store = try Store.open(directory: url, key: SecretBytes([UInt8](repeating: 1, count: 32)))
        #expect(try await store.page(Sample.conversation(2)).map(\.body) == ["kept", "after"])
        try await store.verify()
    }

    @Test(.timeLimit(.minutes(5)))
    func `a message that was acknowledged survives SIGKILL`() async throws {
        let lock = try DataDirectory.lock(url)
        let key = [UInt8](repeating: 1, count: 32)
        for round in 0..<5 {
            let delay = UInt32(60_000 + round * 20_000)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = lock.url.path as String, delay = delay as UInt32] in
                let store = try Store.open(
                    directory: URL(filePath: path), key: SecretBytes([UInt8](repeating: 1, count: 32)))
                let acknowledged = open(path + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
                Thread.detachNewThread {
                    usleep(delay)
                    kill(getpid(), SIGKILL)
                }
                var second = Int(getpid()) * 100_000
                while true {
                    second += 1
                    _ = try await store.insertOutgoing(Sample.outgoing(to: 2, second: second))
                    _ = write(acknowledged, "x", 1)
                }
            }
            let acknowledged = (try? Data(contentsOf: url.appending(path: "acknowledged")).count) ?? 0
            let store = try Store.open(directory: lock.url, key: SecretBytes(key))
            let kept = try await store.page(Sample.conversation(2), limit: 1_000_000).count
            #expect(kept >= acknowledged && kept <= acknowledged + 1 + round)
            #expect(try await store.search("hi", limit: 1_000_000).count == kept)
            try await store.verify()
            try store.close()
        }
    }
}
