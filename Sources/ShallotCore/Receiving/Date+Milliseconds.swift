import Foundation

extension Date {
    /// From Unix milliseconds. Values beyond what a date can hold exactly come out far in the future.
    init(milliseconds: UInt64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// Unix milliseconds, rounded to the nearest; 0 for times before 1970.
    var milliseconds: UInt64 {
        let value = (timeIntervalSince1970 * 1_000).rounded()
        return value > 0 && value < 9e18 ? UInt64(value) : 0
    }
}
