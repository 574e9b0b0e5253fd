import GtkKit
import ShallotModels

/// What the window says: toasts with the way out beside them, and what the button of a banner does.
extension MainController {
    func followWords() {
        let model = model
        bindings.follow({ model.undo.offer }) { [weak self] offer in self?.show(offer) }
        let openNetworkPage = { [weak self] in self?.showPreferences(at: .networkPath) ?? () }
        let general = Notice.Remedies(openNetworkPage: openNetworkPage)
        bindings.follow({ model.notice }) { [weak self] in self?.say($0, general) }
        bindings.follow({ model.list.notice }) { [weak self] in self?.say($0, general) }
        bindings.follow({ model.requests.notice }) { [weak self] in self?.say($0, general) }
        bindings.follow({ model.calls.notice }) { [weak self] in self?.say($0, general) }
        bindings.follow({ model.conversation?.notice }) { [weak self, weak model] notice in
            guard let conversation = model?.conversation else { return }
            self?.say(
                notice,
                Notice.Remedies(
                    retry: conversation.again.map { again in { Task { await again() } } },
                    openNetworkPage: openNetworkPage,
                    unblock: { [weak conversation] in Task { await conversation?.unblock() } }))
        }
    }

    /// Says the result of an action.
    func say(_ text: String) { toasts.add(Toast(text)) }

    private func say(_ notice: Notice?, _ remedies: Notice.Remedies) {
        guard let notice else { return }
        let (text, button) = notice.said(with: remedies)
        let toast = Toast(text, seconds: button == nil ? nil : 10)
        if let button { toast.setButton(button.label, button.act) }
        toasts.add(toast)
    }

    private func show(_ offer: UndoOffer?) {
        undoToast?.dismiss()
        undoToast = nil
        guard let offer else { return }
        let toast = Toast(offer.text, seconds: 10)
        toast.setButton(tr("Undo")) { [weak self] in self?.model.undo.undo(offer.id) }
        toasts.add(toast)
        undoToast = toast
    }

    func act(on kind: Banner.Kind) {
        switch kind {
        case .name: showPreferences(at: .displayName)
        case .phrase: showPreferences(at: .recoveryPhrase)
        case .storage, .clock, .offline, .tooLong, .newerFormat: model.dismiss(kind)
        }
    }
}
