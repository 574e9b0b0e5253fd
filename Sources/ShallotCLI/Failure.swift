import ShallotCore

/// What ends a command early: one line for a person and a number for a script.
struct Failure: Error {
    /// The numbers of `sysexits.h` where they fit. The manual page has the same table.
    enum Code: Int32, CaseIterable {
        /// Something that no other code names.
        case other = 1
        /// The message was not stored: given up, or not within the time.
        case notSent = 2
        /// The arguments cannot be understood.
        case usage = 64
        /// An ID, a name, a phrase or a text is not acceptable.
        case data = 65
        /// The network file cannot be read or is wrong.
        case networkFile = 66
        /// There is no such message request, contact, conversation, or no account yet.
        case missing = 67
        /// The network did not answer within the time.
        case unreachable = 69
        /// The database is damaged or comes from a newer version.
        case damaged = 70
        /// The data directory cannot be made.
        case noDirectory = 73
        /// The disk is full or cannot be written.
        case disk = 74
        /// The data directory is in use by another process.
        case busy = 75
        /// The key does not fit, or the directory is not private.
        case key = 77
    }

    let code: Code
    let sentence: String

    init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    init(_ error: OpenError) {
        let code: Code =
            switch error {
            case .busy: .busy
            case .wrongKey, .keyMissing, .unsafePermissions, .keyringLocked, .keyringUnavailable: .key
            case .damaged, .tooNew: .damaged
            case .readOnly, .diskFull: .disk
            case .noDirectory: .noDirectory
            case .network: .networkFile
            case .other: .other
            }
        self.init(code, error.description)
    }

    init(_ error: AccountError) {
        let code: Code =
            switch error {
            case .nameMissing, .nameTooLong, .phrase: .data
            case .alreadyExists: .other
            case .none: .missing
            case .storage: .disk
            }
        self.init(code, error.description)
    }

    init(_ error: SendError) {
        let code: Code =
            switch error {
            case .noAccount: .missing
            case .empty, .tooLong, .invalidRecipient: .data
            case .blocked, .notPossible: .notSent
            case .storage: .disk
            }
        self.init(code, error.description)
    }

    /// Turns whatever `body` throws into a failure with the right code.
    static func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as OpenError {
            throw Failure(error)
        } catch let error as AccountError {
            throw Failure(error)
        } catch let error as SendError {
            throw Failure(error)
        }
    }
}
