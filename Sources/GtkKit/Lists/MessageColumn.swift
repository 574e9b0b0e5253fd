import CAdwaita
import CGtkKit

/// A scrollable column of rows of any height that keeps what is being read where it is. Rows that come, go or change above
/// the view move nothing in it: the column corrects its adjustment within the same allocation. Near its end it sticks to it.
public final class MessageColumn: Widget {
    override class var nativeType: GType { gtkkit_column_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtkkit_column_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func insert(_ row: Widget, after sibling: Widget?) {
        row.widget { row in
            withOpaque { column in
                if let sibling {
                    sibling.widget { gtkkit_column_insert(column, row, $0) }
                } else {
                    gtkkit_column_insert(column, row, nil)
                }
            }
        }
    }
    public func remove(_ row: Widget) { row.widget { row in withOpaque { gtkkit_column_remove($0, row) } } }

    /// Puts the top of `row` at a share of the visible height as soon as it is laid out.
    public func scroll(to row: Widget, fraction: Double) {
        row.widget { row in withOpaque { gtkkit_column_scroll_to($0, row, fraction) } }
    }
    public func scrollToEnd() { withOpaque { gtkkit_column_scroll_to_end($0) } }
    /// How often the view was scrolled, other than by the column itself to keep its anchor in place.
    public var scrollCount: Int { withOpaque { Int(gtkkit_column_get_scrolls($0)) } }
    /// Whether the view is within 40 pixels of the end.
    public var isAtEnd: Bool { withOpaque { gtkkit_column_is_at_end($0) != 0 } }
    /// Whether the end of the column is the end of everything: only then does the view stick to it.
    public func setSticksToEnd(_ sticks: Bool) { withOpaque { gtkkit_column_set_sticks($0, sticks.gboolean) } }
    /// The first row in view, and how far its upper edge lies below the view's, in pixels.
    public var anchor: (row: Widget, offset: Double)? {
        withOpaque { column in
            var offset = 0.0
            return gtkkit_column_get_anchor(column, &offset).map {
                (Widget(retaining: UnsafeMutableRawPointer($0)), offset)
            }
        }
    }
    /// How far the upper edge of a row lies below the view's, in pixels; `nil` if it was never laid out.
    public func offset(of row: Widget) -> Double? {
        row.widget { row in
            withOpaque { column in
                var offset = 0.0
                return gtkkit_column_row_offset(column, row, &offset) != 0 ? offset : nil
            }
        }
    }
    public func setAnchor(_ row: Widget, offset: Double) {
        row.widget { row in withOpaque { gtkkit_column_set_anchor($0, row, offset) } }
    }
    public func isVisible(_ row: Widget) -> Bool {
        row.widget { row in withOpaque { gtkkit_column_row_is_visible($0, row) != 0 } }
    }
    /// Rows are centred in a column of at most this width.
    public func setMaximumWidth(_ width: Int) { withOpaque { gtkkit_column_set_maximum_width($0, gint(width)) } }
}
