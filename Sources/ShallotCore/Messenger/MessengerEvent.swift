public import Foundation
public import SessionNetwork
public import SessionWire
public import ShallotStore

/// What just happened, for notifications and for the command line. The database has already been changed.
public enum MessengerEvent: Sendable {
    /// A message in an approved conversation, or a copy of one that another device of this account sent.
    case messageReceived(MessageRecord, ContactRecord?)
    /// The first message of a request.
    case requestReceived(ConversationID)
    /// The same for what is fetched while a restored account catches up: nobody needs to be told.
    case messageRestored(MessageRecord, ContactRecord?)
    case requestRestored(ConversationID)
    /// The other side accepted our request.
    case requestAccepted(ConversationID)
    case messageSent(MessageID)
    case messageFailed(MessageID, reason: FailureReason)
    /// Something left the outbox: sent, given up or removed. Copies for the account's other devices count.
    case outboxChanged
    /// A poll ended and nothing more waits at that node; everything it brought is in the database.
    case polled(Date)
    /// The swarm has what was changed here in contacts, profile and settings.
    case configsPushed
    /// What the account's devices share of this kind has outgrown what a swarm takes: it is kept on this device only.
    case configTooLong(String)
    /// What was too long is not any more.
    case configFits(String)
    case networkStatus(NetworkStatus)
    /// A call began, went on or ended.
    case call(CallSnapshot)
    /// Somebody called and nobody answered.
    case callMissed(AccountID)
    /// Somebody called while calls are turned off; at most once a day for each person.
    case calledWhileOff(AccountID)
    /// Somebody wrote in a format that this version does not read.
    case newerFormatSeen
    /// The database did not take what the network brought; the same items come again with a later poll.
    case storageFailed(String)
}
