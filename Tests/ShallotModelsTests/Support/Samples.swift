import Foundation
import SessionWire
import ShallotModels
import ShallotStore

/// People and moments that tests share.
enum Samples {
    static let own = account(1)
    static let maria = account(2)

    /// Saturday, 21 November 2026, 14:02 UTC.
    static let now = Date(timeIntervalSince1970: 1_795_269_720)

    /// A made-up account; not a usable key.
    static func account(_ number: UInt8) -> AccountID {
        guard let id = AccountID(publicKey: [UInt8](repeating: number, count: 32)) else {
            preconditionFailure("32 bytes")
        }
        return id
    }

    static var times: TimeTexts {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return TimeTexts(calendar: calendar, locale: Locale(identifier: "en_GB"), uses24Hours: true)
    }

    static func surroundings(_ sleep: ManualSleep? = nil) -> Surroundings {
        var surroundings = Surroundings(times: times)
        surroundings.now = { now }
        if let sleep { surroundings.sleep = { try await sleep.sleep($0) } }
        return surroundings
    }
}
