/// A session description as an Android phone without a camera writes it: values on the session alone, names by kind, a line
/// that is not wanted, sources with their streams.
public enum PhoneDescription {
    /// - Parameter opus: what it says about the form of its sound, as `minptime=10; useinbandfec=1`.
    public static func text(opus: String) -> String {
        """
        v=0
        o=- 1 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE audio data
        a=ice-ufrag:abcd
        a=ice-pwd:0123456789abcdefghijklmn
        a=fingerprint:SHA-256 \(Array(repeating: "0A", count: 32).joined(separator: ":"))
        m=audio 9 UDP/TLS/RTP/SAVPF 100 0
        a=mid:audio
        a=setup:actpass
        a=rtpmap:100 opus/48000/2
        a=fmtp:100 \(opus)
        a=rtpmap:0 PCMU/8000
        a=ssrc:1 cname:x
        a=ssrc:1 msid:ARDAMS ARDAMSa0
        m=video 0 UDP/TLS/RTP/SAVPF 96
        a=mid:video
        a=inactive
        m=application 0 UDP/DTLS/SCTP webrtc-datachannel
        a=bundle-only
        a=mid:data
        a=sctp-port:5000

        """
    }
}
