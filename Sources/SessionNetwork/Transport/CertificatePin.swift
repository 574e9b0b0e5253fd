import Crypto
import NIOCore
import NIOSSL
import SodiumKit

/// Accepts exactly one certificate, which has to name the host. No certificate authority is asked.
/// - Source: network.md §1.1
struct CertificatePin: Sendable {
    let host: String
    /// Of the DER form of the presented leaf.
    let sha256: [UInt8]

    func verify(_ chain: [NIOSSLCertificate]) -> NIOSSLVerificationResult {
        guard let leaf = chain.first, let der = try? leaf.toDERBytes() else { return .failed }  // unreadable: refused
        guard Sodium.constantTimeEqual(Array(SHA256.hash(data: der)), sha256) else { return .failed }
        return names(leaf) ? .certificateVerified : .failed
    }

    /// Whether the certificate's alternative names hold the host.
    private func names(_ leaf: NIOSSLCertificate) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let address = parts.count == 4 && !parts.contains(nil) ? parts.compactMap(\.self) : nil  // nil: a name
        for name in leaf._subjectAlternativeNames() {
            let contents = Array(name.contents)
            switch name.nameType {
            case .dnsName where address == nil:
                if String(decoding: contents, as: UTF8.self).lowercased() == host { return true }
            case .ipAddress:
                if contents == address { return true }
            default: continue
            }
        }
        return false
    }
}
