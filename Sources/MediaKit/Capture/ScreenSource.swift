/// A screen, or a window of it, that is shown to the other side.
public enum ScreenSource: Sendable, Hashable {
    /// A stream of PipeWire that the person chose in the desktop's portal.
    /// - Parameters:
    ///   - descriptor: of the connection that the portal opened. It stays its owner's, who closes it when nothing is
    ///     shared any more.
    ///   - node: of the stream.
    case pipeWire(descriptor: Int32, node: UInt32)
    /// The whole screen of an X display; `nil` is the one that the program runs on.
    case x11(display: String?)
}
