import CAdwaita
import CGtkKit
public import Foundation

/// The desktop's own dialogs for choosing a file, through the portal where there is one.
public enum FileChooser {
    /// Asks for a file to read. - Parameter suffix: of the files to show, such as `json`; all can be shown too.
    public static func open(_ title: String, accept: String, suffix: String, kind: String, over parent: Window?) async
        -> URL?
    {
        await run(title, accept: accept, action: GTK_FILE_CHOOSER_ACTION_OPEN, over: parent) { chooser in
            guard let filter = gtk_file_filter_new() else { return }
            gtk_file_filter_set_name(filter, kind)
            gtk_file_filter_add_suffix(filter, suffix)
            gtk_file_chooser_add_filter(chooser, filter)
            g_object_unref(UnsafeMutableRawPointer(filter))
        }
    }

    /// Asks for a picture to read. - Parameter kind: what the filter is called.
    public static func openPicture(_ title: String, accept: String, kind: String, over parent: Window?) async -> URL? {
        await run(title, accept: accept, action: GTK_FILE_CHOOSER_ACTION_OPEN, over: parent) { chooser in
            guard let filter = gtk_file_filter_new() else { return }
            gtk_file_filter_set_name(filter, kind)
            for type in ["image/png", "image/jpeg", "image/gif", "image/bmp"] {
                gtk_file_filter_add_mime_type(filter, type)
            }
            gtk_file_chooser_add_filter(chooser, filter)
            g_object_unref(UnsafeMutableRawPointer(filter))
        }
    }

    /// Asks where to write. The dialog itself asks before a file is replaced.
    public static func save(_ title: String, accept: String, name: String, over parent: Window?) async -> URL? {
        await run(title, accept: accept, action: GTK_FILE_CHOOSER_ACTION_SAVE, over: parent) {
            gtk_file_chooser_set_current_name($0, name)
        }
    }

    private static func run(
        _ title: String, accept: String, action: GtkFileChooserAction, over parent: Window?,
        _ prepare: (OpaquePointer) -> Void
    ) async -> URL? {
        let make = { (window: UnsafeMutablePointer<GtkWindow>?) in
            gtk_file_chooser_native_new(title, window, action, accept, nil)
        }
        let made = if let parent { parent.native(make) } else { make(nil) }
        guard let made else { return nil }
        // A native dialog belongs to who made it: GTK does not keep it while it is shown.
        let dialog = Object(adopting: UnsafeMutableRawPointer(made))
        dialog.with(GtkNativeDialog.self) { gtk_native_dialog_set_modal($0, 1) }
        dialog.withOpaque(prepare)
        let chosen: URL? = await withCheckedContinuation { continuation in
            var isAnswered = false
            dialog.connect("response") { arguments in
                guard !isAnswered else { return }
                isAnswered = true
                let isAccepted = arguments.int(0) == Int(GTK_RESPONSE_ACCEPT.rawValue)
                continuation.resume(returning: isAccepted ? file(of: arguments.emitter) : nil)
            }
            dialog.with(GtkNativeDialog.self) { gtk_native_dialog_show($0) }
        }
        // Not within its own signal, and before its parent may go.
        dialog.with(GtkNativeDialog.self) { gtk_native_dialog_destroy($0) }
        return chosen
    }

    private static func file(of emitter: UnsafeMutableRawPointer?) -> URL? {
        guard let emitter, let file = gtk_file_chooser_get_file(OpaquePointer(emitter)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(file)) }
        let path = takenString(g_file_get_path(file))
        return path.isEmpty ? nil : URL(filePath: path)
    }
}
