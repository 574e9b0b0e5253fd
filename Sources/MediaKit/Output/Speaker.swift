import CGst

/// What opens a speaker.
enum Speaker {
    /// A pipeline that ends in a speaker.
    /// - Parameters:
    ///   - device: its stable name; `nil` is the system's default.
    ///   - role: PulseAudio's `media.role`.
    ///   - bufferTime: milliseconds that lie in the device.
    static func pipeline(
        from source: String, device: String?, role: String, bufferTime: Int
    ) throws(MediaError) -> Reference {
        // On a machine without the sound server's element the desktop's choice has to do.
        guard MediaSystem.has("pulsesink") || device != nil else {
            return try Reference.pipeline("\(source) ! autoaudiosink")
        }
        try MediaSystem.require("pulsesink", from: "gstreamer1.0-pulseaudio")
        let pipeline = try Reference.pipeline(
            "\(source) ! pulsesink name=speaker buffer-time=\(bufferTime * 1_000) latency-time=10000 processing-deadline=0 "
                + "client-name=Shallot stream-properties=\"props,media.role=\(role)\"")
        if let device { pipeline.part(named: "speaker")?.set("device", device) }
        return pipeline
    }
}
