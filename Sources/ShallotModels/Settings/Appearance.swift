/// How the app looks. Lives outside the database, because it is needed before that is open.
public nonisolated struct Appearance: Equatable, Sendable {
    /// Light, dark, or as the desktop says.
    public enum Scheme: String, CaseIterable, Sendable {
        case system, light, dark

        public var words: String {
            switch self {
            case .system: tr("Follow System")
            case .light: tr("Light")
            case .dark: tr("Dark")
            }
        }
    }

    public var colorScheme = Scheme.system
    /// In per cent of the desktop's text size.
    public var textSize = 100

    public static let textSizes = 75...200
    /// The sizes to choose from.
    public static let offeredTextSizes = [75, 90, 100, 110, 125, 150, 175, 200]

    public init() {}

    /// What the keys for the text size do: the next offered size, or the usual one.
    public enum TextStep: Sendable { case larger, smaller, usual }

    public mutating func step(_ step: TextStep) {
        switch step {
        case .larger: textSize = Self.offeredTextSizes.first { $0 > textSize } ?? textSize
        case .smaller: textSize = Self.offeredTextSizes.last { $0 < textSize } ?? textSize
        case .usual: textSize = 100
        }
    }
}

extension LocalSettings {
    /// The stored appearance; anything that makes no sense counts as not set.
    public var appearance: Appearance {
        get {
            var appearance = Appearance()
            if let scheme = self["color-scheme"].flatMap(Appearance.Scheme.init) { appearance.colorScheme = scheme }
            if let size = self["text-size"].flatMap({ Int($0) }), Appearance.textSizes.contains(size) {
                appearance.textSize = size
            }
            return appearance
        }
        set {
            self["color-scheme"] = newValue.colorScheme == .system ? nil : newValue.colorScheme.rawValue
            self["text-size"] = newValue.textSize == 100 ? nil : String(newValue.textSize)
        }
    }
}
