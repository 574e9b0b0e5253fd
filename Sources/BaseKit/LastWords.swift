import Foundation

/// What a program says on standard error as it ends.
package enum LastWords {
    /// Writes one line. Where nobody listens any more there is nobody to tell of that either.
    package static func say(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(line)\n".utf8))
    }
}
