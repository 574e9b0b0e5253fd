import CAdwaita
import CGtkKit

/// Translations through GNU gettext.
public nonisolated enum Gettext {
    /// The text domain of the program; interface files use it too.
    public static let domain = "shallot"

    /// Says where `<language>/LC_MESSAGES/shallot.mo` are. Call once, before the first window.
    public static func bind(directory: String) {
        gtkkit_bind_words(domain, directory)
    }

    // Gettext gives back the very pointer it was handed when there is no translation, so the texts have to outlive the copy.

    public static func translate(_ text: String) -> String {
        text.withCString { String(cString: g_dgettext(domain, $0)) }
    }

    public static func translate(_ one: String, _ many: String, count: Int) -> String {
        one.withCString { one in
            many.withCString { many in String(cString: g_dngettext(domain, one, many, gulong(max(0, count)))) }
        }
    }

    public static func translate(context: String, _ text: String) -> String {
        text.withCString { String(cString: g_dpgettext2(domain, context, $0)) }
    }
}
