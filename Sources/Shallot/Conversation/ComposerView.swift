import GtkKit
import SessionWire
import ShallotModels

/// Where one writes: the field, its counter, its buttons, and what stands there when nothing can be written.
final class ComposerView {
    let text: TextView
    private let model: ConversationModel
    private let composer: Box, note: Label, requestBar: Box, closed: Box, closedReason: Label
    private let placeholder: Label, counter: Label, send: Button, split: Button, unblock: Button
    private let enterSends: () -> Bool
    private var typing: SignalConnection?
    private let bindings = Bindings()
    /// ↑ in the empty field.
    var goUp: () -> Void = {}

    init(_ ui: Template, model: ConversationModel, enterSends: @escaping () -> Bool) {
        (self.model, self.enterSends) = (model, enterSends)
        text = ui("text")
        composer = ui("composer")
        note = ui("note")
        requestBar = ui("request_bar")
        closed = ui("closed")
        closedReason = ui("closed_reason")
        placeholder = ui("placeholder")
        counter = ui("counter")
        send = ui("send_button")
        split = ui("split_button")
        unblock = ui("unblock_button")
        counter.addClass("counter")
        for place in [ui("note_place") as Box, ui("closed_place") as Box] { place.limitChild(toShare: 1, atEnd: false) }
        text.setAccessibleLabel(model.placeholder)
        placeholder.text = model.placeholder

        unblock.onClicked { [weak model] in Task { await model?.unblock() } }
        send.onClicked { [weak self] in self?.sendNow() }
        split.onClicked { [weak model] in Task { await model?.sendInParts() } }
        typing = text.onChanged { [weak self] text in
            self?.placeholder.isVisible = text.isEmpty
            self?.model.draft = text
            if let self { WindowTimes.paintedAfterInput("key", in: self.text) }
        }
        text.onKey { [weak self] in self?.pressed($0) ?? false }
        follow()
    }

    private func follow() {
        let model = model
        bindings.follow({ model.draft }) { [weak self] draft in self?.show(draft: draft) }
        bindings.follow({ model.canSend }) { [weak self] canSend in self?.send.isSensitive = canSend }
        bindings.follow({ model.counter }) { [weak self] counter in self?.show(counter) }
        bindings.follow({ model.composer }) { [weak self] state in self?.show(state) }
        bindings.follow({ model.header?.isRequest ?? false }) { [weak self] isRequest in
            self?.requestBar.isVisible = isRequest
        }
    }

    private func show(draft: String) {
        guard text.text != draft else { return }
        typing?.silently { text.text = draft }
        placeholder.isVisible = draft.isEmpty
        text.moveCursorToEnd()
    }

    private func show(_ limit: LimitCounter?) {
        counter.isVisible = limit != nil
        split.isVisible = limit.map { $0.isOver && $0.parts > 0 } ?? false
        guard let limit else { return }
        counter.text = "\(limit.remaining)"
        counter.setAccessibleLabel(limit.words)
        counter.tooltip = limit.words
        counter.setClass("over", limit.isOver)
        split.label = trn("Split into {n} Message", "Split into {n} Messages", limit.parts)
    }

    private func show(_ state: ComposerState) {
        switch state {
        case .writing(let words):
            composer.isVisible = true
            WindowTimes.paintedFirst("composer painted", in: text)
            closed.isVisible = false
            note.isVisible = words != nil
            note.text = words ?? ""
        case .closed(let reason, let canUnblock):
            composer.isVisible = false
            note.isVisible = false
            closed.isVisible = !reason.isEmpty
            closedReason.text = reason
            unblock.isVisible = canUnblock
        }
    }

    private func sendNow() {
        text.grabFocus()
        Task { [model] in await model.send() }
    }

    private func pressed(_ key: Key) -> Bool {
        switch key.symbol {
        case .enter where key.isControl, .enter where key.isPlain && enterSends():
            if model.canSend { sendNow() } else if !text.isEmpty { text.errorBell() }
            return true
        case .up where key.isPlain && text.isEmpty:
            goUp()
            return true
        default: return false
        }
    }
}
