import Foundation
import SodiumKit
import SwiftProtobuf

/// What the sender of a message claims about Session Pro, as clients of April 2026 do. Shallot neither makes such claims
/// nor acts on them; reading them shows that its encodings are those of the others.
/// - Source: identity-and-messages.md §8.1
public struct ProClaim: Hashable, Sendable {
    /// What is left of a claim after checking it.
    public enum Status: String, Sendable {
        case valid
        case expired
        /// The proof is not signed by the service that sells Pro.
        case invalidBackendSignature = "invalid_backend_signature"
        /// The message is not signed with the key of the proof.
        case invalidUserSignature = "invalid_user_signature"
    }

    private static let personal = Array("ProProof________".utf8)
    private static let keySize = 32

    public let version: UInt8
    public let generationHash: [UInt8]
    /// Signs the messages of the one who holds the proof.
    public let rotatingPublicKey: [UInt8]
    /// Until when the proof holds, ms.
    public let expiry: UInt64
    public let signature: [UInt8]
    public let messageFeatures: UInt64
    public let profileFeatures: UInt64

    /// The claim in a serialized content; `nil` if there is none, or one of another form.
    public init?(content: [UInt8]) {
        guard
            let proto = try? SessionProtos_Content(serializedBytes: content), proto.hasProMessage,
            proto.proMessage.hasProof
        else { return nil }
        let proof = proto.proMessage.proof
        guard
            let version = UInt8(exactly: proof.version), proof.genIndexHash.count == Self.keySize,
            proof.rotatingPublicKey.count == Self.keySize, proof.hasExpiryUnixTs,
            proof.sig.count == Ed25519.signatureSize
        else { return nil }
        self.version = version
        generationHash = [UInt8](proof.genIndexHash)
        rotatingPublicKey = [UInt8](proof.rotatingPublicKey)
        expiry = proof.expiryUnixTs
        signature = [UInt8](proof.sig)
        messageFeatures = proto.proMessage.msgBitset
        profileFeatures = proto.proMessage.profileBitset
    }

    /// What the service signs.
    public var proofHash: [UInt8] {
        let time = (0..<8).map { UInt8(truncatingIfNeeded: expiry >> ($0 * 8)) }
        return Blake2b.hash([version] + generationHash + rotatingPublicKey + time, personal: Self.personal) ?? []
    }

    /// Checks the proof, then the message's signature, then the time.
    /// - Parameters:
    ///   - backendPublicKey: the service's Ed25519 key.
    ///   - now: ms.
    public func status(
        backendPublicKey: [UInt8], messageSignature: [UInt8], signedBytes: [UInt8], now: UInt64
    ) -> Status {
        guard Ed25519.verify(signature, proofHash, publicKey: backendPublicKey) else { return .invalidBackendSignature }
        guard Ed25519.verify(messageSignature, signedBytes, publicKey: rotatingPublicKey) else {
            return .invalidUserSignature
        }
        return now > expiry ? .expired : .valid
    }
}
