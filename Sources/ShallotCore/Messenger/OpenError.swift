/// Why a profile could not be opened. None of these ever makes a new, empty database in place of the old one.
public enum OpenError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another process has this data directory open.
    case busy
    /// The key at hand does not open the database.
    case wrongKey
    /// The database was changed from outside or is cut short; the text says where it was noticed.
    case damaged(String)
    /// A newer version of the program wrote this database.
    case tooNew
    /// The directory or a file in it cannot be written.
    case readOnly
    case diskFull
    /// The directory does not exist and cannot be made.
    case noDirectory
    /// Others may read the data directory or the key file.
    case unsafePermissions
    /// A database is there, its key is not: gone from the key ring, or its file is gone.
    case keyMissing
    /// The desktop keyring holds the key and is locked.
    case keyringLocked
    /// The desktop keyring holds the key and does not answer.
    case keyringUnavailable
    /// The network definition cannot be used; the sentence says why.
    case network(String)
    case other(String)

    public var description: String {
        switch self {
        case .busy: "The data directory is in use by another Shallot."
        case .wrongKey: "The database cannot be opened: its key does not fit."
        case .damaged(let place): "The database is damaged: \(place)"
        case .tooNew: "The database was written by a newer version of Shallot."
        case .readOnly: "The data directory cannot be written."
        case .diskFull: "The disk is full."
        case .noDirectory: "The data directory does not exist and cannot be created."
        case .unsafePermissions: "Other users can read the data directory; it must belong to you with mode 0700."
        case .keyMissing: "The database cannot be opened: its key is missing."
        case .keyringLocked: "The key is in the desktop keyring, which is locked."
        case .keyringUnavailable: "The key is in the desktop keyring, which does not answer."
        case .network(let reason): "The network definition cannot be used: \(reason)"
        case .other(let reason): reason
        }
    }
}
