public import MediaKit
import ShallotCore

/// Why nothing of the screen is shown.
public nonisolated enum ScreenChoiceError: Error, Equatable, Sendable {
    /// The person chose nothing.
    case cancelled
    /// The desktop does not let it be chosen.
    case unavailable
}

extension CallModel {
    public enum ScreenStage: Sendable { case none, choosing, chosen }

    /// The other side sees the screen, or is about to.
    public var showsScreen: Bool { isSharing || screen == .chosen }

    /// Asks what of the screen is to be shown, and shows it in place of the camera.
    /// - Parameters:
    ///   - choose: waits for as long as the person likes; the call may be over by then.
    ///   - giveBack: ends the choice, or gives back what was chosen. Called once nothing shows it any more.
    public func shareScreen(
        _ choose: () async throws(ScreenChoiceError) -> ScreenSource, giveBack: @escaping () -> Void
    ) async {
        guard canShareScreen, hasControls, screen == .none, !isSharing else { return }
        screenChoice += 1
        let choice = screenChoice
        (screen, giveScreenBack, isScreenTakenBack) = (.choosing, giveBack, false)
        let source: ScreenSource
        do throws(ScreenChoiceError) { source = try await choose() } catch {
            // Ended from here: nothing is left to be cleared up or said.
            guard screen == .choosing, choice == screenChoice else { return }
            letScreenGo()
            if error == .unavailable { notice = Notice(text: tr("The desktop did not let the screen be shared.")) }
            return
        }
        // The call ended meanwhile, or the person did not want to wait: nothing will ever show it.
        guard screen == .choosing, choice == screenChoice else { return giveBack() }
        screen = .chosen
        await actions.share(source)
    }

    /// Ends it, also while the person still chooses.
    public func stopSharing() async {
        if screen == .choosing { return letScreenGo() }
        guard hasControls, showsScreen else { return }
        await actions.share(nil)
    }

    /// The desktop took back what was chosen.
    public func screenWasTakenBack() async {
        guard screen == .chosen else { return }
        isScreenTakenBack = true
        letScreenGo()
        notice = Notice(text: tr("The desktop ended the sharing of your screen."))
        await actions.share(nil)
    }

    func letScreenGo() {
        guard screen != .none else { return }
        screen = .none
        giveScreenBack()
        giveScreenBack = {}
    }

    /// The stream breaks off when the desktop takes the screen back: one sentence is enough.
    func isKnown(_ trouble: DeviceTrouble) -> Bool {
        if case .screen = trouble { isScreenTakenBack } else { false }
    }
}
