import Foundation

/// Descriptions recorded from real programs.
enum Recording: String, CaseIterable {
    case chromiumOffer = "chromium-156-offer-lf-cbr"
    case chromiumAnswer = "chromium-156-answer-to-webrtcbin"
    case engineOffer = "webrtcbin-1.22-offer-raw"
    case engineAnswer = "webrtcbin-1.22-answer-raw"

    func text() throws -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: tests.appendingPathComponent("Vectors/sdp/\(rawValue).sdp"), encoding: .utf8)
    }
}
