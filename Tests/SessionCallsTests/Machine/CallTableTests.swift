import Foundation
import SessionCalls
import Testing

/// Every pair of state and event, against a table that was read line by line.
@Suite struct CallTableTests {
    @Test func `every pair does what the table says`() throws {
        var lines: [String] = []
        for state in CallState.allCases {
            for happening in CallHappening.allCases {
                var scene = state.scene()
                let before = scene.phase
                happening.happen(in: &scene)
                let phase = scene.phase == before ? "=" : Self.word(for: scene.phase)
                if scene.done.isEmpty, phase == "=" { continue }
                lines.append("\(state) \(happening): \(phase)\(scene.summary.isEmpty ? "" : " " + scene.summary)")
            }
        }
        let expected = CallTable.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        let missing = expected.filter { !lines.contains($0) }
        let surplus = lines.filter { !expected.contains($0) }
        #expect(missing.isEmpty, "did not happen: \(missing.joined(separator: "\n"))")
        #expect(surplus.isEmpty, "happened unasked: \(surplus.joined(separator: "\n"))")
    }

    private static func word(for phase: Call.Phase?) -> String {
        guard let phase else { return "idle" }
        return "\(phase)".replacingOccurrences(of: "SessionCalls.", with: "").replacingOccurrences(
            of: "EndReason.", with: ""
        )
        .replacingOccurrences(of: "(no route)", with: "")
    }
}
