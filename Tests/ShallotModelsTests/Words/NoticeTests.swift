import SessionNetwork
import SessionWire
import ShallotCore
import ShallotModels
import ShallotStore
import Testing

@Suite struct NoticeTests {
    static let groups: [[any Error]] = [
        [
            SendError.noAccount, SendError.empty, SendError.tooLong(limit: 2000), SendError.blocked,
            SendError.invalidRecipient, SendError.notPossible, SendError.storage("SELECT secret"),
        ],
        [
            AccountError.nameMissing, AccountError.nameTooLong(excessBytes: 3), AccountError.phrase(.overflow),
            AccountError.alreadyExists, AccountError.none, AccountError.storage("SELECT secret"),
        ],
        [
            RecoveryPhraseError.tooFewWords(11), RecoveryPhraseError.tooFewWords(12),
            RecoveryPhraseError.tooManyWords(14),
            RecoveryPhraseError.unknownWord(position: 4), RecoveryPhraseError.overflow,
            RecoveryPhraseError.checksumMismatch,
        ],
        [
            AccountIDError.empty, AccountIDError.wrongLength(65), AccountIDError.notHexadecimal,
            AccountIDError.wrongPrefix("07"), AccountIDError.groupID, AccountIDError.blindedID, AccountIDError.notAKey,
        ],
        [
            NetworkError.offline, NetworkError.noSeedReachable, NetworkError.noPath, NetworkError.timedOut,
            NetworkError.swarmUnreachable, NetworkError.badReply("x"), NetworkError.rejected(status: 401, "x"),
            NetworkError.clockOutOfSync, NetworkError.cancelled, NetworkError.tooLarge,
        ],
        [
            OpenError.busy, OpenError.wrongKey, OpenError.damaged("page 7"), OpenError.tooNew, OpenError.readOnly,
            OpenError.diskFull, OpenError.noDirectory, OpenError.unsafePermissions, OpenError.keyringLocked,
            OpenError.keyringUnavailable, OpenError.keyMissing, OpenError.network("secret"), OpenError.other("x"),
        ],
        [
            StoreError.wrongKey, StoreError.damaged("page 7"), StoreError.tooNew, StoreError.busy, StoreError.readOnly,
            StoreError.diskFull, StoreError.noDirectory, StoreError.unsafePermissions, StoreError.keyMissing,
            StoreError.keyringLocked, StoreError.keyringUnavailable, StoreError.cancelled, StoreError.other("x"),
        ],
    ]
    static let errors = groups.flatMap { $0 }

    @Test(arguments: errors.indices)
    func `every error has a calm sentence`(index: Int) {
        let text = Notice(Self.errors[index]).text
        #expect(text.count > 10)
        #expect(text.first?.isUppercase == true)
        #expect(!text.contains("!"))
        #expect(!text.contains("{"))
        #expect(!text.contains("secret"))
        #expect(!text.contains("page 7"))
    }

    @Test func `kinds of a wrong phrase are told apart`() {
        let texts = [
            RecoveryPhraseError.tooFewWords(11), .tooFewWords(12), .tooManyWords(14), .unknownWord(position: 4),
            .overflow,
            .checksumMismatch,
        ].map { Notice($0).text }
        #expect(Set(texts).count == texts.count)
        #expect(texts[1] == "One word is missing.")
        #expect(texts[3].contains("4"))
    }

    @Test func `a group ID is explained`() {
        #expect(Notice(AccountIDError.groupID).text == "This is a group ID; groups are joined by invitation.")
    }

    @Test func `what can be done comes along`() {
        #expect(Notice(SendError.blocked).remedy == .unblock)
        #expect(Notice(NetworkError.offline).remedy == .openNetworkPage)
        #expect(Notice(OpenError.busy).remedy == .retry)
    }

    @MainActor @Test func `a notice has a button where the app can help, and words where it cannot`() {
        var done: [String] = []
        let all = Notice.Remedies(
            retry: { done.append("retry") }, openNetworkPage: { done.append("network") },
            unblock: { done.append("unblock") })
        for (error, label) in [
            (NetworkError.timedOut as any Error, "Try Again"), (NetworkError.offline, "Network Path"),
            (SendError.blocked, "Unblock"),
        ] {
            let (text, button) = Notice(error).said(with: all)
            #expect(text == Notice(error).text)
            #expect(button?.label == label)
            button?.act()
        }
        #expect(done == ["retry", "network", "unblock"])
        let none = Notice.Remedies()
        #expect(Notice(NetworkError.timedOut).said(with: none).text.hasSuffix("in time. Try again."))
        for error in Self.errors { #expect(Notice(error).said(with: none).button == nil) }
        #expect(Notice(SendError.empty).said(with: all).button == nil)
    }

    @Test(arguments: FailureReason.allCases)
    func `every reason has words`(reason: FailureReason) {
        #expect(!reason.words.isEmpty)
    }

    @Test func `a stranger's error is still a sentence`() {
        struct Odd: Error {}
        #expect(Notice(Odd()).text.hasSuffix("."))
    }
}
