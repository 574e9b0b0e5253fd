import CGst
import CMediaKit

/// Questions to webrtcbin that it answers later, on a thread of its own.
enum Replies {
    private typealias Done = @Sendable (UnsafePointer<GstStructure>?) -> Void

    /// Asks and waits. `read` runs on webrtcbin's thread and gets `nil` when there is no answer.
    static func of<Value: Sendable>(
        _ ask: @Sendable (MediaReply, UnsafeMutableRawPointer) -> Void,
        read: @escaping @Sendable (UnsafePointer<GstStructure>?) -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            let done: Done = { continuation.resume(returning: read($0)) }
            ask({ box, reply in Box<Done>.take(box)?(reply) }, Box<Done>.retained(done))
        }
    }

    /// The text that was made, or why not.
    static func text(of kind: String, from peer: Reference, _ signal: String) async throws(MediaError) -> String {
        let (text, error) = await of {
            mediakit_create(peer.element, signal, $0, $1)
        } read: { reply in
            (string(mediakit_reply_text(reply, kind)), string(mediakit_reply_error(reply)))
        }
        guard let text else { throw .refusedDescription(error ?? "there is no \(kind)") }
        return text
    }

    static func set(
        _ text: String, kind: String, in peer: Reference, _ signal: String
    ) async throws(MediaError) {
        guard let made = mediakit_description(kind, text) else { throw .refusedDescription("it is unreadable") }
        // Safe to share: it is lent until the answer has come, and freed after that.
        nonisolated(unsafe) let description = made
        let error = await of {
            mediakit_set_description(peer.element, signal, description, $0, $1)
        } read: {
            string(mediakit_reply_error($0))
        }
        gst_webrtc_session_description_free(description)
        if let error { throw .refusedDescription(error) }
    }

    /// Takes over a text that C allocated.
    static func string(_ raw: UnsafeMutablePointer<CChar>?) -> String? {
        guard let raw else { return nil }
        defer { g_free(raw) }
        return String(cString: raw)
    }
}
