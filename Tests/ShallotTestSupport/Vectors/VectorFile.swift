public import Foundation

/// Test vectors of one area, `<area>.json`. They come from the directory that the environment names in `SHALLOT_VECTORS`,
/// or else from the copies beside the tests.
public struct VectorFile: Sendable {
    public let area: String
    public let cases: [VectorCase]

    /// Where the files are read from.
    public static var directory: URL {
        if let path = ProcessInfo.processInfo.environment["SHALLOT_VECTORS"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Vectors", isDirectory: true)
    }

    /// The names of all files there, without `.json`.
    public static func areas() throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        return Set(files.filter { $0.pathExtension == "json" }.map { $0.deletingPathExtension().lastPathComponent })
    }

    public static func load(_ area: String) throws -> VectorFile {
        let data = try Data(contentsOf: directory.appendingPathComponent("\(area).json"))
        let content = try JSONDecoder().decode([String: VectorValue].self, from: data)
        let cases = try VectorFields(path: area, values: content).objects("cases").map { fields in
            VectorCase(name: try fields.text("name"), op: try fields.text("op"), values: fields.values)
        }
        guard !cases.isEmpty else { throw VectorError("\(area).json has no cases") }
        return VectorFile(area: area, cases: cases)
    }

    /// The cases of an area as arguments of a test. A file that cannot be read gives one case with the error as its `op`,
    /// which no test knows, and so fails.
    public static func cases(of area: String) -> [VectorCase] {
        do {
            return try load(area).cases
        } catch {
            return [VectorCase(name: "\(area) cannot be read", op: "\(error)", values: [:])]
        }
    }
}
