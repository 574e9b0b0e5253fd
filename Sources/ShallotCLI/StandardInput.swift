import Foundation

/// Reads what is piped in.
enum StandardInput {
    /// - Throws: ``Failure`` beyond `limit` bytes or when it is not UTF-8.
    static func text(limit: Int) throws -> String {
        var data = Data()
        while data.count <= limit, let part = try FileHandle.standardInput.read(upToCount: limit + 1 - data.count),
            !part.isEmpty
        {
            data.append(part)
        }
        guard data.count <= limit else { throw Failure(.data, "Standard input is longer than \(limit) bytes.") }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.data, "Standard input is not UTF-8.")
        }
        return text
    }
}
