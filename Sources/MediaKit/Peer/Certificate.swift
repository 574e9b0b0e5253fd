import CGst
import Foundation
import Synchronization

/// The hash of the certificate that the other side must show.
public struct CertificateHash: Sendable, Hashable {
    public enum Algorithm: String, Sendable { case sha256 = "sha-256", sha384 = "sha-384", sha512 = "sha-512" }

    public let algorithm: Algorithm
    public let digest: [UInt8]

    public init(_ algorithm: Algorithm, _ digest: [UInt8]) { (self.algorithm, self.digest) = (algorithm, digest) }

    /// Whether this is the hash of the certificate in this text.
    func matches(pem: String) -> Bool {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines.firstIndex(of: "-----END CERTIFICATE-----"), begin < end,
            let bytes = Data(base64Encoded: lines[(begin + 1)..<end].joined()), !bytes.isEmpty
        else { return false }
        let kind: GChecksumType =
            switch algorithm {
            case .sha256: G_CHECKSUM_SHA256
            case .sha384: G_CHECKSUM_SHA384
            case .sha512: G_CHECKSUM_SHA512
            }
        let text = bytes.withUnsafeBytes { raw in
            Replies.string(
                g_compute_checksum_for_data(
                    kind, raw.baseAddress?.assumingMemoryBound(to: UInt8.self), gsize(raw.count)))
        }
        return text == digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Looks at the certificate of the other side, which webrtcbin does not.
final class CertificateCheck: Sendable {
    private let expected = Mutex<CertificateHash?>(nil)

    func expect(_ hash: CertificateHash) { expected.withLock { $0 = hash } }

    func accepts(pem: String) -> Bool { expected.withLock { $0 }?.matches(pem: pem) ?? false }
}
