import BaseKit
import Crypto
import Foundation
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// A self-signed TLS identity as the nodes of the network carry one: nobody vouches for it, clients pin it or ignore it.
/// - Source: network.md §3.6 (ECDSA P-256, TLS 1.2 and newer)
struct NodeCertificate: Codable, Sendable, Equatable {
    /// The whole certificate, DER; its SHA-256 is what a network definition pins.
    let der: [UInt8]
    /// The private key, PKCS #8 DER.
    let key: [UInt8]

    /// Makes a new one, valid for ten years from `now`, naming `host` (an IPv4 address in dotted form).
    static func generate(host: String, now: Date) throws -> NodeCertificate {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName {
            CommonName("localhost")
            OrganizationName("Shallot devnet")
        }
        let octets = host.split(separator: ".").compactMap { UInt8($0) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-86_400), notValidAfter: now.addingTimeInterval(3650 * 86_400),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                SubjectAlternativeNames([.ipAddress(ASN1OctetString(contentBytes: octets[...])), .dnsName("localhost")])
            },
            issuerPrivateKey: .init(key))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return NodeCertificate(der: serializer.serializedBytes, key: [UInt8](key.derRepresentation))
    }

    /// SHA-256 of the certificate in lower-case hexadecimal.
    var fingerprint: String {
        Array(SHA256.hash(data: der)).hex
    }

    /// What a listening socket needs to speak TLS as this identity.
    func serverContext() throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: der, format: .der)
        let privateKey = try NIOSSLPrivateKey(bytes: key, format: .der)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)], privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = []
        // A client that is gone does not hold up the end of its connection.
        configuration.shutdownTimeout = .milliseconds(200)
        return try NIOSSLContext(configuration: configuration)
    }
}
