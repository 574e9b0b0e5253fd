import CGst
import CMediaKit
import Foundation

/// GStreamer as a whole.
public enum MediaSystem {
    /// What every call needs, with Debian's name of the package it comes from.
    private static let needed: [(element: String, package: String)] = [
        ("webrtcbin", "gstreamer1.0-plugins-bad"), ("dtlsdec", "gstreamer1.0-plugins-bad"),
        ("sctpdec", "gstreamer1.0-plugins-bad"), ("srtpdec", "gstreamer1.0-plugins-bad"),
        ("interaudiosrc", "gstreamer1.0-plugins-bad"), ("nicesrc", "gstreamer1.0-nice"),
        ("opusenc", "gstreamer1.0-plugins-base"), ("audioconvert", "gstreamer1.0-plugins-base"),
        ("audioresample", "gstreamer1.0-plugins-base"), ("videoconvert", "gstreamer1.0-plugins-base"),
        ("videorate", "gstreamer1.0-plugins-base"), ("volume", "gstreamer1.0-plugins-base"),
        ("rtpbin", "gstreamer1.0-plugins-good"), ("rtpopuspay", "gstreamer1.0-plugins-good"),
        ("vp8enc", "gstreamer1.0-plugins-good"),
    ]

    private static let isStarted: Bool = {
        var error: UnsafeMutablePointer<GError>?
        guard gst_init_check(nil, nil, &error) != 0 else {
            g_clear_error(&error)
            return false
        }
        return true
    }()

    /// Lets all threads share few heaps; the first thing a program does. Otherwise each of the many short-lived threads of a
    /// call gets a heap of its own, and what was freed there stays with the process: 40 MB after 20 calls.
    /// - Source: mallopt(3), `M_ARENA_MAX`
    public static func shareHeaps() { mediakit_share_heaps() }

    /// Starts GStreamer once and looks whether everything for calls is there. The first time takes up to half a second.
    /// - Throws: ``MediaError/missing(element:package:)``, which names what to install.
    public static func start() throws(MediaError) {
        guard isStarted else { throw .cannotStart("GStreamer could not be initialised.") }
        for (element, package) in needed { try require(element, from: package) }
    }

    static func has(_ element: String) -> Bool {
        guard isStarted, let factory = gst_element_factory_find(element) else { return false }
        gst_object_unref(UnsafeMutableRawPointer(factory))
        return true
    }

    /// Looks for one more element that not every call needs.
    static func require(_ element: String, from package: String) throws(MediaError) {
        guard has(element) else { throw .missing(element: element, package: package) }
    }
}
