import CAdwaita
import CGtkKit

/// Shows a share, 0…1, as a bar.
public final class LevelBar: Widget {
    override class var nativeType: GType { gtk_level_bar_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_level_bar_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var value: Double {
        get { withOpaque { gtk_level_bar_get_value($0) } }
        set { withOpaque { gtk_level_bar_set_value($0, newValue) } }
    }
}
