import Foundation
import Synchronization

/// Where sentences in the reader's language come from. The app installs gettext; without it people read English.
public nonisolated struct Translation: Sendable {
    /// Gives the translation of a text, perhaps in a context, or the text itself.
    public var one: @Sendable (_ context: String?, _ text: String) -> String
    /// Gives the form that fits a count.
    public var many: @Sendable (_ singular: String, _ plural: String, _ count: Int) -> String

    public init(
        one: @escaping @Sendable (_ context: String?, _ text: String) -> String,
        many: @escaping @Sendable (_ singular: String, _ plural: String, _ count: Int) -> String
    ) {
        (self.one, self.many) = (one, many)
    }

    /// The source language.
    public static let english = Translation(one: { $1 }, many: { $2 == 1 ? $0 : $1 })

    private static let installed = Mutex(Translation.english)

    /// The translation that `tr`, `trn` and `trc` use.
    public static var current: Translation { installed.withLock { $0 } }

    /// Makes every later sentence come from `translation`. Called once, before the first window.
    public static func install(_ translation: Translation) {
        installed.withLock { $0 = translation }
    }
}

/// A sentence in the reader's language. Values go in by name, as in `tr("Not sent: {reason}", ["reason": reason])`:
/// an interpolated text could not be found in the catalogue, so the type does not allow one.
public nonisolated func tr(_ text: StaticString, _ values: KeyValuePairs<String, String> = [:]) -> String {
    filled(Translation.current.one(nil, "\(text)"), values)
}

/// As `tr`, for a text that means different things in different places.
public nonisolated func trc(
    _ context: StaticString, _ text: StaticString, _ values: KeyValuePairs<String, String> = [:]
) -> String {
    filled(Translation.current.one("\(context)", "\(text)"), values)
}

/// The form of a sentence that fits `count`, which replaces `{n}` in the reader's digits.
public nonisolated func trn(
    _ one: StaticString, _ many: StaticString, _ count: Int, _ values: KeyValuePairs<String, String> = [:]
) -> String {
    let form = Translation.current.many("\(one)", "\(many)", count)
    return filled(filled(form, values), ["n": count.formatted()])
}

/// Replaces each `{name}` once, left to right, so that a value which looks like a placeholder stays as it is.
private nonisolated func filled(_ template: String, _ values: KeyValuePairs<String, String>) -> String {
    guard !values.isEmpty, template.contains("{") else { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
        result += rest[..<open]
        let tail = rest[open...]
        if let close = tail.firstIndex(of: "}"),
            let value = values.first(where: { $0.key == tail[tail.index(after: open)..<close] })?.value
        {
            result += value
            rest = tail[tail.index(after: close)...]
        } else {
            result.append("{")
            rest = tail.dropFirst()
        }
    }
    return result + rest
}
