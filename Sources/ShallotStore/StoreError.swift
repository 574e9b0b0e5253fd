import GRDB

/// Why the store could not do what it was asked. Every case is safe to log.
public enum StoreError: Error, Equatable, Sendable {
    /// The key does not belong to this database. Nothing is wrong with the files.
    case wrongKey
    /// Files are missing, cut or were changed. The text says which, for a log.
    case damaged(String)
    /// A newer version of the program has changed the database.
    case tooNew
    /// Another process, or another part of this one, holds the data.
    case busy
    /// The directory or a file in it cannot be written.
    case readOnly
    case diskFull
    /// There is no such directory and it cannot be made.
    case noDirectory
    /// The directory or the key file belongs to, or can be read by, somebody else.
    case unsafePermissions
    /// A database exists, but its key is neither in the key ring nor in a file.
    case keyMissing
    /// The key is in the desktop's key ring, which is locked.
    case keyringLocked
    /// The key is in the desktop's key ring, which does not answer.
    case keyringUnavailable
    /// The calling task was cancelled; nothing was read.
    case cancelled
    case other(String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongKey: "The key does not fit the database."
        case .damaged(let what): "The database is damaged: \(what)."
        case .tooNew: "The database was written by a newer version."
        case .busy: "The data is in use by another process."
        case .readOnly: "The data directory cannot be written."
        case .diskFull: "The disk is full."
        case .noDirectory: "The data directory does not exist."
        case .unsafePermissions: "The data directory or the key file can be read by others."
        case .keyMissing: "The key of the database is missing."
        case .keyringLocked: "The key ring is locked."
        case .keyringUnavailable: "The key ring does not answer."
        case .cancelled: "The read was cancelled."
        case .other(let what): "The database could not be used: \(what)."
        }
    }
}

extension StoreError {
    /// Translates what GRDB throws. SQL and its arguments stay behind: they may hold what people wrote.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is CancellationError: self = .cancelled
        default: self = .other("\(type(of: error))")
        }
    }

    private init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged("SQLite reports result \(error.extendedResultCode.rawValue)")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR: self.init(input: error.extendedResultCode)
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: self = .cancelled
        default: self = .other("SQLite result \(error.extendedResultCode.rawValue)")
        }
    }

    /// A page that does not open and a page that ends early are damage; the index of the log cannot grow on a full disk.
    private init(input code: ResultCode) {
        switch code {
        case .SQLITE_IOERR_DATA, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_CORRUPTFS:
            self = .damaged("a page does not open")
        case .SQLITE_IOERR_SHMSIZE: self = .diskFull
        default: self = .other("input or output failed with result \(code.rawValue)")
        }
    }
}
