import CGst
import CMediaKit

/// Owns one reference to an object of GStreamer and gives it back at the end.
// Safe to share: these objects lock themselves and may be used from any thread.
final class Reference: @unchecked Sendable {
    let raw: UnsafeMutableRawPointer

    /// Takes over a reference that belongs to the caller.
    init(adopting raw: UnsafeMutableRawPointer) { self.raw = raw }

    /// Takes a reference of its own; the floating one of a new element, if it is new.
    init(retaining raw: UnsafeMutableRawPointer) {
        self.raw = raw
        gst_object_ref_sink(raw)
    }

    deinit { g_object_unref(raw) }

    var element: UnsafeMutablePointer<GstElement> { raw.assumingMemoryBound(to: GstElement.self) }
    var bin: UnsafeMutablePointer<GstBin> { raw.assumingMemoryBound(to: GstBin.self) }

    static func element(_ factory: String, package: String = "gstreamer1.0-plugins-bad") throws(MediaError) -> Reference
    {
        guard let made = gst_element_factory_make(factory, nil) else {
            throw .missing(element: factory, package: package)
        }
        return Reference(retaining: made)
    }

    /// A pipeline from its text form.
    static func pipeline(_ text: String) throws(MediaError) -> Reference {
        try parsed { gst_parse_launch(text, $0) }
    }

    /// A part of a pipeline whose open ends are its own pads.
    static func part(_ text: String) throws(MediaError) -> Reference {
        try parsed { gst_parse_bin_from_description_full(text, 1, nil, GST_PARSE_FLAG_NONE, $0) }
    }

    private static func parsed(
        _ parse: (UnsafeMutablePointer<UnsafeMutablePointer<GError>?>) -> UnsafeMutablePointer<GstElement>?
    ) throws(MediaError) -> Reference {
        var error: UnsafeMutablePointer<GError>?
        let made = parse(&error)
        let reason = error.map { String(cString: $0.pointee.message) }
        g_clear_error(&error)
        let reference = made.map { Reference(retaining: $0) }
        guard let reference, reason == nil else { throw .cannotStart(reason ?? "unknown") }
        return reference
    }

    /// Sets a property from its text form. Unknown names are a mistake of ours, which GLib reports.
    func set(_ property: String, _ value: String) {
        gst_util_set_object_arg(raw.assumingMemoryBound(to: GObject.self), property, value)
    }

    /// The element of this name inside; `nil` if there is none.
    func part(named name: String) -> Reference? {
        gst_bin_get_by_name(bin, name).map { Reference(adopting: $0) }
    }

    /// - Returns: whether the change was begun.
    @discardableResult
    func change(to state: GstState) -> Bool { gst_element_set_state(element, state) != GST_STATE_CHANGE_FAILURE }

    /// Joins a pad of this element to another element's, whichever of the two is the source.
    func link(_ pad: String, to other: UnsafeMutablePointer<GstPad>) -> Bool {
        guard let own = gst_element_get_static_pad(element, pad) else { return false }
        defer { gst_object_unref(own) }
        let isSource = gst_pad_get_direction(own) == GST_PAD_SRC
        return (isSource ? gst_pad_link(own, other) : gst_pad_link(other, own)) == GST_PAD_LINK_OK
    }
}
