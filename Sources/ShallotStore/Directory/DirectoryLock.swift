public import Foundation

/// Holds a data directory for this process until it is released or goes away.
public final class DirectoryLock: Sendable {
    public let url: URL
    private let file: Int32

    init(url: URL, file: Int32) {
        self.url = url
        self.file = file
    }

    deinit { close(file) }
}
