import BaseKit
import Foundation
import SodiumKit

/// The note in a data directory that says where its key is kept.
enum KeyPlace: Equatable {
    /// In the key ring, under this profile name: random, so that it tells nothing and survives moving the directory.
    case keyring(profile: String)
    case file

    static let fileName = "key-place"
    private static let profileSize = 16

    static func newProfile() -> String { SystemRandom().bytes(profileSize).hex }

    static func read(in directory: URL) throws(StoreError) -> KeyPlace? {
        guard let bytes = try SmallFile.read(directory.appending(path: fileName), limit: 256) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        switch words.first {
        case "file" where words.count == 1: return .file
        case "keyring" where words.count == 2 && words[1].utf8.count == 2 * profileSize:
            return .keyring(profile: String(words[1]))
        default: throw .damaged("the note of the key's place is not readable")
        }
    }

    func write(to directory: URL) throws(StoreError) {
        let text =
            switch self {
            case .keyring(let profile): "keyring \(profile)\n"
            case .file: "file\n"
            }
        try SmallFile.write(Array(text.utf8), to: directory.appending(path: Self.fileName))
    }
}
