import CAdwaita

/// Small facts of one profile that are no secret, such as the window's size: an INI file that needs no settings service.
public final class SettingsFile {
    private let file: OpaquePointer
    private let path: String
    isolated deinit { g_key_file_free(file) }

    /// Reads what is there; a missing or broken file counts as empty.
    public init(path: String) {
        guard let file = g_key_file_new() else { preconditionFailure("GLib makes key files") }
        self.file = file
        self.path = path
        _ = g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, nil)
    }

    public func int(_ group: String, _ key: String) -> Int? {
        g_key_file_has_key(file, group, key, nil) != 0 ? Int(g_key_file_get_integer(file, group, key, nil)) : nil
    }
    public func bool(_ group: String, _ key: String) -> Bool? {
        g_key_file_has_key(file, group, key, nil) != 0 ? g_key_file_get_boolean(file, group, key, nil) != 0 : nil
    }
    public func string(_ group: String, _ key: String) -> String? {
        g_key_file_get_string(file, group, key, nil).map { takenString($0) }
    }
    public func set(_ group: String, _ key: String, _ value: Int) { g_key_file_set_integer(file, group, key, gint(value)) }
    public func set(_ group: String, _ key: String, _ value: Bool) { g_key_file_set_boolean(file, group, key, value.gboolean) }
    public func set(_ group: String, _ key: String, _ value: String) { g_key_file_set_string(file, group, key, value) }

    /// Writes the file as a whole, making its folder (0700) when it is not there.
    /// - Throws: GLib's reason; losing a window size is nothing to stop for.
    public func save() throws(GLibError) {
        let folder = takenString(g_path_get_dirname(path))
        g_mkdir_with_parents(folder, 0o700)
        var error: UnsafeMutablePointer<GError>?
        guard g_key_file_save_to_file(file, path, &error) != 0 else { throw GLibError(taking: error) }
    }
}
