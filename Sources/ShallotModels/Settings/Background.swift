/// What closing the window does.
public nonisolated enum ClosingChoice: String, Sendable {
    /// The window goes, the program stays and receives.
    case hide
    case quit
}

extension LocalSettings {
    /// `nil` until somebody chose: then closing asks.
    public var closing: ClosingChoice? {
        get { self["closing"].flatMap(ClosingChoice.init) }
        set { self["closing"] = newValue?.rawValue }
    }
}

/// Starting together with the desktop, handed in by the app.
public struct AutostartAccess {
    public var isOn: () -> Bool
    public var set: (Bool) throws -> Void

    public init(isOn: @escaping () -> Bool, set: @escaping (Bool) throws -> Void) {
        (self.isOn, self.set) = (isOn, set)
    }
}
