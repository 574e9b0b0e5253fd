public import Foundation

/// Writes dates and times for a reader: their language, their time zone, their 12 or 24 hour clock.
/// Reads no clock; "now" is always handed in.
public nonisolated struct TimeTexts: Sendable {
    public let calendar: Calendar
    public let locale: Locale
    /// The desktop's choice; `nil` leaves it to the locale.
    public let uses24Hours: Bool?

    private let time: Date.FormatStyle
    private let weekday: Date.FormatStyle
    private let shortWeekday: Date.FormatStyle
    private let fullDate: Date.FormatStyle
    private let shortDate: Date.FormatStyle
    private let exact: Date.FormatStyle

    public init(calendar: Calendar = .current, locale: Locale = .current, uses24Hours: Bool? = nil) {
        var calendar = calendar
        calendar.locale = locale
        self.calendar = calendar
        self.locale = locale
        self.uses24Hours = uses24Hours
        var components = Locale.Components(locale: locale)
        if let uses24Hours { components.hourCycle = uses24Hours ? .zeroToTwentyThree : .oneToTwelve }
        let clockLocale = Locale(components: components)
        let plain = Date.FormatStyle(locale: locale, calendar: calendar, timeZone: calendar.timeZone)
        let clock = Date.FormatStyle(locale: clockLocale, calendar: calendar, timeZone: calendar.timeZone)
        time = clock.hour(.twoDigits(amPM: .abbreviated)).minute(.twoDigits)
        weekday = plain.weekday(.wide)
        shortWeekday = plain.weekday(.abbreviated)
        fullDate = plain.weekday(.wide).day().month(.wide).year()
        shortDate = plain.day(.twoDigits).month(.twoDigits).year(.twoDigits)
        exact = clock.day().month(.wide).year().hour(.twoDigits(amPM: .abbreviated)).minute(.twoDigits).second(
            .twoDigits)
    }

    /// "14:02".
    public func time(_ date: Date) -> String { date.formatted(time) }

    /// "3 November 2026 at 14:02:11", for the details window.
    public func exact(_ date: Date) -> String { date.formatted(exact) }

    /// What stands between two days of a conversation: "Today", "Yesterday", the weekday within 7 days, then the date.
    public func day(_ date: Date, now: Date) -> String {
        switch daysAgo(date, now: now) {
        case 0: tr("Today")
        case 1: tr("Yesterday")
        case 2..<7: date.formatted(weekday)
        default: date.formatted(fullDate)
        }
    }

    /// What a row of the conversation list shows: the time today, the short weekday within 7 days, then the date.
    public func brief(_ date: Date, now: Date) -> String {
        switch daysAgo(date, now: now) {
        case ...0: time(date)
        case 1..<7: date.formatted(shortWeekday)
        default: date.formatted(shortDate)
        }
    }

    /// The calendar day of `date` as a number that grows by one every day, whatever the time zone's changes.
    public func dayNumber(_ date: Date) -> Int {
        let start = calendar.startOfDay(for: date).timeIntervalSinceReferenceDate
        let offset = calendar.timeZone.secondsFromGMT(for: date)
        return Int(((start + Double(offset)) / 86_400).rounded())
    }

    /// The next midnight, when "today" becomes "yesterday".
    public func nextDay(after now: Date) -> Date {
        calendar.date(byAdding: .day, value: 1, to: calendar.startOfDay(for: now)) ?? now.addingTimeInterval(86_400)
    }

    private func daysAgo(_ date: Date, now: Date) -> Int { dayNumber(now) - dayNumber(date) }
}
