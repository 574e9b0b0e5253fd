import Foundation
import ShallotModels
import ShallotTestSupport
import Testing

@MainActor @Suite struct LocalSettingsTests {
    let file = TemporaryFolder.fresh("settings").appending(path: "settings.ini")

    @Test func `what was set is there after a restart`() {
        let settings = LocalSettings(file: file)
        settings["window-width"] = "900"
        var appearance = Appearance()
        appearance.colorScheme = .dark
        appearance.textSize = 150
        settings.appearance = appearance
        let again = LocalSettings(file: file)
        #expect(again["window-width"] == "900")
        #expect(again.appearance == appearance)
    }

    @Test func `the keys for the text size go through the offered sizes and stop at their ends`() {
        var appearance = Appearance()
        var seen: [Int] = []
        for _ in 0..<12 where seen.last != appearance.textSize {
            seen.append(appearance.textSize)
            appearance.step(.larger)
        }
        #expect(seen == [100, 110, 125, 150, 175, 200])
        appearance.textSize = 120
        appearance.step(.smaller)
        #expect(appearance.textSize == 110)
        for _ in 0..<12 { appearance.step(.smaller) }
        #expect(appearance.textSize == 75)
        appearance.step(.usual)
        #expect(appearance.textSize == 100)
    }

    @Test(arguments: [
        "", "=x\n", "text-size=9999\ncolor-scheme=pink\n", "\u{0}\u{1}", String(repeating: "x", count: 200_000),
    ])
    func `a broken file counts as not set`(content: String) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: file)
        #expect(LocalSettings(file: file).appearance == Appearance())
    }

    @Test func `defaults leave no trace`() throws {
        let settings = LocalSettings(file: file)
        settings["a"] = "b"
        settings.appearance = Appearance()
        #expect(try String(contentsOf: file, encoding: .utf8) == "a=b\n")
    }

    @Test func `a folder that cannot be written is no reason to stop`() {
        let settings = LocalSettings(file: URL(filePath: "/proc/shallot/settings.ini"))
        settings["a"] = "b"
        #expect(settings["a"] == "b")
    }
}
