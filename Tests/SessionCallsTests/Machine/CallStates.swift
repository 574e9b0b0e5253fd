import SessionCalls

/// Every state that a call can be in, each reached the way it is in life.
enum CallState: String, CaseIterable {
    case idle, outgoingPre, outgoingRinging, incomingPre, incomingAccepted, incomingRinging, connecting, answering
    case connected, reconnecting, called, ended

    func scene() -> CallScene {
        var scene = CallScene()
        let offer = CallSignal.offer(Sample.offer)
        switch self {
        case .idle: break
        case .outgoingPre: scene.send(.place(CallScene.mine, to: CallScene.ana, gate: CallScene.open))
        case .outgoingRinging:
            scene = Self.outgoingPre.scene()
            for event in [.stored(.preOffer, CallScene.mine), .described(Sample.offer)] as [CallEvent] {
                scene.send(event)
            }
            scene.send(.stored(.offer, CallScene.mine))
        case .connecting:
            scene = Self.outgoingRinging.scene()
            scene.send(scene.heard(.answer(Sample.answer)))
        case .connected:
            scene = Self.connecting.scene()
            scene.send(.linkUp)
        case .reconnecting:
            scene = Self.connected.scene()
            scene.send(.linkDown)
            scene.wait(2)
            scene.send(.described(Sample.newOffer))
        case .incomingPre: scene.send(scene.heard(.preOffer))
        case .incomingAccepted:
            scene = Self.incomingPre.scene()
            scene.send(.accept)
        case .incomingRinging:
            scene = Self.incomingPre.scene()
            scene.send(scene.heard(offer))
        case .answering:
            scene = Self.incomingRinging.scene()
            scene.send(.accept)
        case .called:
            scene = Self.answering.scene()
            for event in [.described(Sample.answer), .stored(.answer, CallScene.mine), .linkUp] as [CallEvent] {
                scene.send(event)
            }
        case .ended:
            scene = Self.connected.scene()
            scene.send(.hangUp)
        }
        return scene
    }
}

/// Everything that can happen to the call `mine` with Ana, by a short name.
enum CallHappening: String, CaseIterable {
    case place, accept, decline, hangUp
    case preOffer, offer, sameOffer, foreignOffer, answer, candidates, end
    case ownAnswer, ownEnd, ownOffer
    case preOfferStored, offerStored, answerStored, preOfferNotStored, offerNotStored, candidatesNotStored
    case described, gathered, linkUp, linkDown, addresses, mediaFailed, video, channelHangUp
    case minute

    func happen(in scene: inout CallScene) {
        let id = CallScene.mine
        switch self {
        case .place: scene.send(.place(CallScene.low, to: CallScene.ana, gate: CallScene.open))
        case .accept: scene.send(.accept)
        case .decline: scene.send(.decline)
        case .hangUp: scene.send(.hangUp)
        case .preOffer: scene.send(scene.heard(.preOffer))
        case .offer: scene.send(scene.heard(.offer(Sample.newOffer)))
        case .sameOffer: scene.send(scene.heard(.offer(Sample.offer)))
        case .foreignOffer: scene.send(scene.heard(.offer(Sample.otherCertificate)))
        case .answer: scene.send(scene.heard(.answer(Sample.newAnswer)))
        case .candidates: scene.send(scene.heard(.candidates(Sample.candidates(1...2))))
        case .end: scene.send(scene.heard(.end))
        case .ownAnswer: scene.send(.receivedFromSelf(.answer(Sample.answer), id))
        case .ownEnd: scene.send(.receivedFromSelf(.end, id))
        case .ownOffer: scene.send(.receivedFromSelf(.offer(Sample.offer), id))
        case .preOfferStored: scene.send(.stored(.preOffer, id))
        case .offerStored: scene.send(.stored(.offer, id))
        case .answerStored: scene.send(.stored(.answer, id))
        case .preOfferNotStored: scene.send(.notStored(.preOffer, id))
        case .offerNotStored: scene.send(.notStored(.offer, id))
        case .candidatesNotStored: scene.send(.notStored(.candidates, id))
        case .described: scene.send(.described(Sample.newOffer))
        case .gathered: scene.send(.gathered(Sample.candidates(5...6)))
        case .linkUp: scene.send(.linkUp)
        case .linkDown: scene.send(.linkDown)
        case .addresses: scene.send(.addressesChanged)
        case .mediaFailed: scene.send(.mediaFailed(.engine("no route")))
        case .video: scene.send(.control(.video(isOn: true)))
        case .channelHangUp: scene.send(.control(.hangUp))
        case .minute: scene.wait(61)
        }
    }
}
