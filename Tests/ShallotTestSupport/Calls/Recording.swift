import Foundation

/// Session descriptions recorded from real programs.
public enum Recording: String, CaseIterable, Sendable {
    case chromiumOffer = "chromium-156-offer-lf-cbr"
    case chromiumAnswer = "chromium-156-answer-to-webrtcbin"
    case engineOffer = "webrtcbin-1.22-offer-raw"
    case engineAnswer = "webrtcbin-1.22-answer-raw"

    public func text() throws -> String {
        try String(contentsOf: VectorFile.directory.appendingPathComponent("sdp/\(rawValue).sdp"), encoding: .utf8)
    }
}
