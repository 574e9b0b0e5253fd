import CAdwaita
import CGtkKit

/// The desktop's clipboard.
public enum Clipboard {
    private static var native: OpaquePointer? { gdk_display_get_default().flatMap { gdk_display_get_clipboard($0) } }
    private static var clearing: MainLoop.Timer?

    public static func copy(_ text: String) {
        clearing = nil
        if let native { gdk_clipboard_set_text(native, text) }
    }

    /// Copies, and takes the text away again after `delay` if it is still what the clipboard holds.
    public static func copy(_ text: String, clearAfter delay: Duration) {
        copy(text)
        clearing = MainLoop.Timer(after: delay) {
            guard let native, gdk_clipboard_is_local(native) != 0 else { return }
            gdk_clipboard_set_content(native, nil)
        }
    }

    /// Empties the clipboard if this text, copied here, is still what it holds.
    public static func clear(ifHolding text: String) {
        guard let native, gdk_clipboard_is_local(native) != 0 else { return }
        Task {
            if await self.text() == text { gdk_clipboard_set_content(native, nil) }
        }
    }

    /// The text on the clipboard, or `nil` when it holds something else.
    public static func text() async -> String? {
        guard let native else { return nil }
        return await withCheckedContinuation { answer in
            let box = Unmanaged.passRetained(Reply(answer)).toOpaque()
            gdk_clipboard_read_text_async(
                native, nil,
                { source, result, box in
                    guard let box else { return }
                    let reply = Unmanaged<Reply>.fromOpaque(box).takeRetainedValue()
                    let text = source.flatMap { gdk_clipboard_read_text_finish(OpaquePointer($0), result, nil) }
                    reply.answer.resume(returning: text.map { takenString($0) })
                }, box)
        }
    }

    /// Whether there is a picture on the clipboard, and no text.
    public static var holdsPicture: Bool {
        guard let formats = native.flatMap({ gdk_clipboard_get_formats($0) }) else { return false }
        return gdk_content_formats_contain_gtype(formats, gdk_texture_get_type()) != 0
            && gdk_content_formats_contain_gtype(formats, GType(16 << 2)) == 0
    }

    /// The picture on the clipboard, or `nil` when it holds something else.
    public static func picture() async -> Texture? {
        guard let native else { return nil }
        return await withCheckedContinuation { answer in
            let box = Unmanaged.passRetained(PictureReply(answer)).toOpaque()
            gdk_clipboard_read_texture_async(
                native, nil,
                { source, result, box in
                    guard let box else { return }
                    let reply = Unmanaged<PictureReply>.fromOpaque(box).takeRetainedValue()
                    let texture = source.flatMap { gdk_clipboard_read_texture_finish(OpaquePointer($0), result, nil) }
                    reply.answer.resume(returning: texture.map { Texture(adopting: UnsafeMutableRawPointer($0)) })
                }, box)
        }
    }

    private final class PictureReply {
        let answer: CheckedContinuation<Texture?, Never>
        init(_ answer: CheckedContinuation<Texture?, Never>) { self.answer = answer }
    }

    private final class Reply {
        let answer: CheckedContinuation<String?, Never>
        init(_ answer: CheckedContinuation<String?, Never>) { self.answer = answer }
    }
}
