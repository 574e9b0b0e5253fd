/// Which vector files our tests answer for. A file that is in none of the lists fails the suite, so that new vectors are
/// never passed over in silence.
public enum VectorAreas {
    /// Every operation of these has a test.
    public static let claimed: Set<String> = [
        "identity", "session_encrypt", "envelope", "xed25519", "hash", "onion", "storage_auth", "swarm",
        "configs", "compression", "multi_encrypt",
    ]

    /// What Shallot does not do yet.
    public static let notYetClaimed: Set<String> = [
        "groups", "blinding", "attachments",
    ]

    /// Files that hold data instead of cases.
    public static let data: Set<String> = ["mnemonic_english"]
}
