public import Observation
public import SessionWire

/// The page that shows one's Account ID: to read, to copy, as a QR code, to send to somebody.
@Observable
public final class AccountIDModel {
    public let accountID: AccountID
    public let displayName: String

    public init(accountID: AccountID, displayName: String) {
        (self.accountID, self.displayName) = (accountID, displayName)
    }

    /// The id in 11 groups of 6 characters.
    public var groups: [String] { accountID.description.grouped(by: 6) }
    /// What *Copy* puts on the clipboard: the plain 66 characters.
    public var copyText: String { accountID.description }
    /// What the QR code holds; other Session apps read the plain id too.
    public var qrPayload: String { accountID.description }
    /// What *Share Text* puts on the clipboard.
    public var shareText: String {
        tr("You can write to me on the Session network. My Account ID is {id}", ["id": accountID.description])
    }
    /// For a screen reader, which would otherwise spell out a word of 66 letters.
    public var accessibleText: String { tr("Your Account ID: {id}", ["id": accountID.grouped]) }
}
