public import Foundation
import SessionWire

extension NetworkDefinition {
    /// Files beyond this are refused unread: 1 MiB.
    public static let maximumSize = 1 << 20
    /// No list in a definition may be longer.
    static let maximumEntries = 1_000

    /// Reads and checks a definition file.
    public static func load(from url: URL) throws(NetworkDefinitionError) -> NetworkDefinition {
        let path = url.lastPathComponent
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: url)
            defer { try? file.close() }  // nothing was written: a failing close loses nothing
            data = try file.read(upToCount: maximumSize + 1) ?? Data()
        } catch {
            throw .unreadable(path: path)
        }
        return try parse([UInt8](data))
    }

    /// Reads and checks the JSON text of a definition.
    public static func parse(_ data: [UInt8]) throws(NetworkDefinitionError) -> NetworkDefinition {
        guard data.count <= maximumSize else { throw .tooLarge }
        let definition: NetworkDefinition
        do {
            definition = try JSONDecoder().decode(NetworkDefinition.self, from: Data(data))
        } catch DecodingError.keyNotFound(let key, let context) {
            throw .missing(member: name(of: context.codingPath + [key]))
        } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty {
            throw .wrongType(member: name(of: context.codingPath))
        } catch DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty {
            throw .wrongType(member: name(of: context.codingPath))
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw .wrongType(member: name(of: context.codingPath))
        } catch {
            // The decoder does not say where a number is that does not fit.
            guard let document = try? JSONValue.parse(data), document.objectValue != nil else { throw .notJSON }
            throw .invalid(member: "a number", reason: .hugeNumber)
        }
        try definition.validate()
        return definition
    }

    /// The definition as the text of a file.
    public func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings and integers only: encoding cannot fail.
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }

    private static func name(of path: [any CodingKey]) -> String {
        path.map { key in key.intValue.map { "\($0 + 1)" } ?? key.stringValue }.joined(separator: ".")
    }
}
