public import Devnet
import Foundation
import Synchronization

extension DevnetOptions {
    /// Counts up from a place that differs between processes.
    private static let nextBlock = Atomic<Int>(Int(ProcessInfo.processInfo.processIdentifier) &* 61)

    /// A devnet whose addresses no other one has that tests start: a node that is stopped for a moment finds its port
    /// free, however many tests run at the same time.
    public static func alone() -> DevnetOptions {
        var options = DevnetOptions()
        options.addressBlock = nextBlock.wrappingAdd(1, ordering: .relaxed).oldValue % 5_334
        return options
    }
}
