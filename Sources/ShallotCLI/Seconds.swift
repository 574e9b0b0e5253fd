import ArgumentParser

/// A number of seconds as an argument: not negative, and at most a year.
struct Seconds: ExpressibleByArgument {
    static let limit = 31_536_000.0
    let value: Double

    init(_ value: Double) { self.value = value }

    init?(argument: String) {
        guard let value = Double(argument), (0...Self.limit).contains(value) else { return nil }
        self.value = value
    }

    var defaultValueDescription: String { value.formatted }
}

extension Double {
    /// Seconds as people write them: without a fraction when there is none.
    var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
