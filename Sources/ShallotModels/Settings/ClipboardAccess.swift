/// The desktop's clipboard, handed in by the app.
public struct ClipboardAccess {
    public var set: (_ text: String) -> Void
    /// Empties the clipboard if it still holds this text.
    public var clear: (_ text: String) -> Void

    public init(set: @escaping (_ text: String) -> Void, clear: @escaping (_ text: String) -> Void) {
        (self.set, self.clear) = (set, clear)
    }
}
