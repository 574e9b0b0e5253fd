import Foundation
import GtkKit
import ShallotModels

/// The windows of calls, which stand beside the main window and outlive it.
final class CallsController {
    private let model: CallsModel
    private let pictures: CallPictures
    private let application: Application
    private let surroundings: Surroundings
    private var incoming: IncomingCallController?
    private var running: CallController?
    private var consent: ConsentController?
    private let sounds: CallSounds
    private var wakefulness: UInt32?
    private let bindings = Bindings()

    struct Surroundings {
        /// The main window, if it is on the screen.
        var window: () -> Window?
        /// There is a call: nothing of this exists before the first one.
        var began: () -> Void
        /// The folder with what can be heard; `nil` for silence.
        var sounds: URL?
    }

    init(model: CallsModel, pictures: CallPictures, application: Application, surroundings: Surroundings) {
        (self.model, self.pictures, self.application) = (model, pictures, application)
        self.surroundings = surroundings
        sounds = CallSounds(model: model, folder: surroundings.sounds)
        bindings.follow({ model.call?.stage }) { [weak self] _ in self?.showCall() }
        bindings.follow({ model.call?.isVideoCall ?? false }) { [weak self] in self?.stayAwake($0) }
        bindings.follow({ model.consent.map(ObjectIdentifier.init) }) { [weak self] _ in self?.showConsent() }
    }

    /// The account goes away.
    func leave() {
        incoming?.window.destroy()
        running?.leave()
        consent?.window.destroy()
        sounds.leave()
        stayAwake(false)
    }

    /// Brings the call to the front, from wherever one is.
    func present() { (incoming?.window ?? running?.window)?.present() }

    private var shown: CallModel?

    private func showCall() {
        let call = model.call
        if shown !== call { closeAll() }
        shown = call
        guard let call else { return }
        surroundings.began()
        // A call that failed waits for its reader, with a way to call again.
        let rings = call.stage == .ringing || incoming != nil && call.isOver && call.closesBySelf && !call.wasConnected
        if rings { showIncoming(call) } else { showRunning(call) }
    }

    private func showIncoming(_ call: CallModel) {
        guard incoming == nil else { return }
        let controller = IncomingCallController(model: call, application: application)
        incoming = controller
        controller.window.present()
    }

    private func showRunning(_ call: CallModel) {
        incoming?.window.destroy()
        incoming = nil
        guard running == nil else { return }
        let controller = CallController(
            model: call, calls: model, pictures: pictures, sounds: surroundings.sounds, application: application)
        running = controller
        controller.window.present()
    }

    private func closeAll() {
        incoming?.window.destroy()
        running?.leave()
        (incoming, running) = (nil, nil)
    }

    private func showConsent() {
        guard let asked = model.consent, !asked.isDone else { return }
        let controller = ConsentController(
            model: asked, parent: application.activeWindow ?? surroundings.window(), application: application)
        consent = controller
        controller.window.onDestroy { [weak self] in self?.consent = nil }
        controller.window.present()
    }

    private func stayAwake(_ isWanted: Bool) {
        if isWanted, wakefulness == nil {
            wakefulness = application.preventSleep(over: running?.window, reason: tr("A video call is going on"))
        } else if !isWanted, let cookie = wakefulness {
            application.allowSleep(cookie)
            wakefulness = nil
        }
    }
}
