import Foundation
import ShallotModels
import Testing

@Suite struct TimeTextsTests {
    let times = Samples.times
    let now = Samples.now

    @Test(arguments: [
        (0, "Today"), (-13, "Today"), (-15, "Yesterday"), (-38, "Yesterday"), (-39, "Thursday"), (-6 * 24, "Sunday"),
    ])
    func `days are named from today back to a week`(hours: Int, expected: String) {
        #expect(times.day(now.addingTimeInterval(Double(hours) * 3600), now: now) == expected)
    }

    @Test func `older days are written out`() {
        let text = times.day(now.addingTimeInterval(-7 * 86_400), now: now)
        #expect(text.contains("14 November 2026"))
    }

    @Test func `a row shows the time today, the weekday this week, then the date`() {
        #expect(times.brief(now, now: now) == "14:02")
        #expect(times.brief(now.addingTimeInterval(-86_400), now: now) == "Fri")
        #expect(times.brief(now.addingTimeInterval(-30 * 86_400), now: now) == "22/10/26")
    }

    @Test func `a message from a clock that is ahead counts as today`() {
        #expect(times.brief(now.addingTimeInterval(3 * 86_400), now: now) == "14:02")
    }

    @Test func `the desktop's twelve hours win over the locale`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let twelve = TimeTexts(calendar: calendar, locale: Locale(identifier: "de_DE"), uses24Hours: false)
        #expect(twelve.time(now).contains("2:02"))
        #expect(!twelve.time(now).contains("14"))
    }

    @Test func `day numbers grow by one across a change of summer time`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let texts = TimeTexts(calendar: calendar, locale: Locale(identifier: "de_DE"))
        let start = Date(timeIntervalSince1970: 1_792_843_200)  // 24 October 2026, the day before clocks go back
        let numbers = (0..<4).map { texts.dayNumber(start.addingTimeInterval(Double($0) * 86_400)) }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == 1 })
    }

    @Test func `the next day begins at midnight`() {
        #expect(times.nextDay(after: now).timeIntervalSince(now) == 9 * 3600 + 58 * 60)
    }
}
