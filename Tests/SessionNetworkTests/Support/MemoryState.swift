import SessionNetwork
import Synchronization

/// What a network keeps between runs, for one test.
final class MemoryState: Sendable {
    private let values = Mutex<[String: [UInt8]]>([:])

    var storage: NetworkStateStorage {
        NetworkStateStorage(
            load: { [self] key in values.withLock { $0[key] } },
            save: { [self] key, value in values.withLock { $0[key] = value } })
    }

    subscript(key: String) -> [UInt8]? {
        get { values.withLock { $0[key] } }
        set { values.withLock { $0[key] = newValue } }
    }
}
