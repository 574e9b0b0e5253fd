import GtkKit

/// The keys of window actions, as the shortcuts window lists them.
enum WindowKeys {
    static func install(in application: Application) {
        let keys: [(action: String, keys: [String])] = [
            ("app.quit", ["<Control>q"]),
            ("app.answer-call", ["<Control><Shift>a"]),
            ("app.decline-call", ["<Control><Shift>x"]),
            // On keyboards and headsets; a desktop that mutes by itself keeps it.
            ("app.mute-call", ["AudioMicMute"]),
            ("win.new-conversation", ["<Control>n"]),
            ("win.note-to-self", ["<Control><Shift>n"]),
            ("win.search", ["<Control>f"]),
            ("win.preferences", ["<Control>comma"]),
            ("win.shortcuts", ["<Control>question"]),
            ("win.full-screen", ["F11"]),
            ("win.text-larger", ["<Control>plus", "<Control>equal", "<Control>KP_Add"]),
            ("win.text-smaller", ["<Control>minus", "<Control>KP_Subtract"]),
            ("win.text-usual", ["<Control>0", "<Control>KP_0"]),
            ("win.details", ["<Control>i", "<Control>period"]),
            ("win.close", ["<Control>w"]),
            ("win.back", ["<Alt>Left"]),
            ("win.next-pane", ["F6"]),
            ("win.next-conversation", ["<Control>Tab", "<Alt>Down"]),
            ("win.previous-conversation", ["<Control><Shift>Tab", "<Control><Shift>ISO_Left_Tab", "<Alt>Up"]),
            ("win.next-unread", ["<Alt><Shift>Down"]),
            ("win.previous-unread", ["<Alt><Shift>Up"]),
        ]
        for entry in keys { application.setKeys(entry.keys, for: entry.action) }
        for number in 1...9 { application.setKeys(["<Control>\(number)"], for: "win.go-to::\(number)") }
    }
}
