/// What each happening does in each state: `state happening: phase actions`, `=` for the same phase. Pairs that are not
/// listed change nothing and ask for nothing. See `CallState` and `CallHappening` for the words.
/// - Source: calls.md §3–§5, §10
enum CallTable {
    static let text = """
        # idle
        idle place: outgoingPre send-preOffer row-outgoing ring-back make-offer
        idle preOffer: incomingPre row-incoming ring
        idle offer: incomingRinging row-incoming ring
        idle sameOffer: incomingRinging row-incoming ring
        idle foreignOffer: incomingRinging row-incoming ring
        idle end: = remember-endedByPeer
        idle ownAnswer: = remember-answeredElsewhere
        idle ownEnd: = remember-declinedElsewhere
        # outgoingPre
        outgoingPre hangUp: ended(hungUpHere) send-end silence stop-media row-outgoing remember-recorded
        outgoingPre end: ended(declinedThere) silence stop-media row-outgoing remember-recorded
        outgoingPre preOfferStored: outgoingRinging
        outgoingPre preOfferNotStored: ended(notSent) send-end silence stop-media row-outgoing remember-recorded
        outgoingPre mediaFailed: ended(media) send-end silence stop-media row-outgoing remember-recorded
        outgoingPre minute: ended(unanswered) send-end silence stop-media row-outgoing remember-recorded
        # outgoingRinging
        outgoingRinging hangUp: ended(hungUpHere) send-end silence stop-media row-outgoing remember-recorded
        outgoingRinging answer: connecting silence apply-answer
        outgoingRinging end: ended(declinedThere) silence stop-media row-outgoing remember-recorded
        outgoingRinging offerNotStored: ended(notSent) send-end silence stop-media row-outgoing remember-recorded
        outgoingRinging mediaFailed: ended(media) send-end silence stop-media row-outgoing remember-recorded
        outgoingRinging minute: ended(unanswered) send-end silence stop-media row-outgoing remember-recorded
        # incomingPre
        incomingPre accept: = silence
        incomingPre decline: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingPre hangUp: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingPre offer: incomingRinging
        incomingPre sameOffer: incomingRinging
        incomingPre foreignOffer: incomingRinging
        incomingPre end: ended(hungUpThere) silence row-missed! remember-recorded
        incomingPre ownAnswer: ended(answeredElsewhere) silence row-incoming remember-recorded
        incomingPre ownEnd: ended(declinedElsewhere) silence row-missed remember-recorded
        incomingPre mediaFailed: ended(media) send-end+self silence row-missed! remember-recorded
        incomingPre minute: ended(unanswered) send-end+self silence row-missed! remember-recorded
        # incomingAccepted
        incomingAccepted decline: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingAccepted hangUp: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingAccepted offer: connecting make-answer
        incomingAccepted sameOffer: connecting make-answer
        incomingAccepted foreignOffer: connecting make-answer
        incomingAccepted end: ended(hungUpThere) silence row-missed remember-recorded
        incomingAccepted ownAnswer: ended(answeredElsewhere) silence row-incoming remember-recorded
        incomingAccepted ownEnd: ended(declinedElsewhere) silence row-missed remember-recorded
        incomingAccepted mediaFailed: ended(media) send-end+self silence row-missed remember-recorded
        incomingAccepted minute: ended(notConnected) send-end+self silence row-missed remember-recorded
        # incomingRinging
        incomingRinging accept: connecting silence make-answer
        incomingRinging decline: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingRinging hangUp: ended(hungUpHere) send-end+self silence row-missed remember-recorded
        incomingRinging end: ended(hungUpThere) silence row-missed! remember-recorded
        incomingRinging ownAnswer: ended(answeredElsewhere) silence row-incoming remember-recorded
        incomingRinging ownEnd: ended(declinedElsewhere) silence row-missed remember-recorded
        incomingRinging mediaFailed: ended(media) send-end+self silence row-missed! remember-recorded
        incomingRinging minute: ended(unanswered) send-end+self silence row-missed! remember-recorded
        # connecting
        connecting hangUp: ended(hungUpHere) send-end stop-media row-outgoing remember-recorded
        connecting candidates: = add-2
        connecting end: ended(hungUpThere) stop-media row-outgoing remember-recorded
        connecting linkUp: connected
        connecting mediaFailed: ended(media) send-end stop-media row-outgoing remember-recorded
        connecting minute: ended(notConnected) send-end stop-media row-outgoing remember-recorded
        # answering
        answering hangUp: ended(hungUpHere) send-end stop-media row-missed remember-recorded
        answering candidates: = add-2
        answering ownAnswer: ended(answeredElsewhere) stop-media row-incoming remember-recorded
        answering end: ended(hungUpThere) stop-media row-missed remember-recorded
        answering described: = send-answer+self
        answering linkUp: connected
        answering mediaFailed: ended(media) send-end stop-media row-missed remember-recorded
        answering minute: ended(notConnected) send-end stop-media row-missed remember-recorded
        # connected
        connected hangUp: ended(hungUpHere) channel-hangup send-end stop-media row-outgoing remember-recorded
        connected offer: reconnecting apply-offer
        connected sameOffer: reconnecting apply-offer
        connected candidates: = add-2
        connected end: ended(hungUpThere) stop-media row-outgoing remember-recorded
        connected addresses: reconnecting restart-ice
        connected mediaFailed: ended(media) send-end stop-media row-outgoing remember-recorded
        connected channelHangUp: ended(hungUpThere) stop-media row-outgoing remember-recorded
        # reconnecting
        reconnecting hangUp: ended(hungUpHere) channel-hangup send-end stop-media row-outgoing remember-recorded
        reconnecting answer: = apply-answer
        reconnecting candidates: = add-2
        reconnecting end: ended(hungUpThere) stop-media row-outgoing remember-recorded
        reconnecting linkUp: connected
        reconnecting mediaFailed: ended(media) send-end stop-media row-outgoing remember-recorded
        reconnecting channelHangUp: ended(hungUpThere) stop-media row-outgoing remember-recorded
        reconnecting minute: ended(connectionLost) send-end stop-media row-outgoing remember-recorded
        # called
        called hangUp: ended(hungUpHere) channel-hangup send-end stop-media row-incoming remember-recorded
        called offer: reconnecting apply-offer
        called candidates: = add-2
        called end: ended(hungUpThere) stop-media row-incoming remember-recorded
        called mediaFailed: ended(media) send-end stop-media row-incoming remember-recorded
        called channelHangUp: ended(hungUpThere) stop-media row-incoming remember-recorded
        # ended
        ended place: outgoingPre send-preOffer row-outgoing ring-back make-offer
        """
}
