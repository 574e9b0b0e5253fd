public import Logging

/// Names the loggers of all targets alike. What must not be read in a log is shortened by the caller (`.redacted`).
public enum Log {
    /// A logger called `shallot.<label>`; the label is the target or the type that writes.
    public static func logger(_ label: String) -> Logger { Logger(label: "shallot.\(label)") }
}
