import GtkKit
import SessionWire
import ShallotModels

/// Where one writes: the field, its counter, its buttons, and what stands there when nothing can be written.
final class ComposerView {
    /// The field grows up to this many lines, then it scrolls.
    private static let maximumLines = 8

    let text: TextView
    private let model: ConversationModel
    private let composer: Box, note: Label, requestBar: Box, closed: Box, closedReason: Label
    private let placeholder: Label, limit: Box, counter: Label, send: Button, split: Button, unblock: Button
    private let scroller: ScrolledWindow
    private let enterSends: () -> Bool
    private var typing: SignalConnection?
    /// The keyboard was sent here before it was known whether one can write.
    private var isFocusDue = false
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
        limit = ui("limit")
        counter = ui("counter")
        scroller = ui("composer_scroller")
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
        // Only on the screen is the size of the letters known.
        text.onMap { [weak self] in
            if let self { scroller.growTo(height: text.height(ofLines: Self.maximumLines)) }
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
        self.limit.isVisible = limit != nil
        split.isVisible = limit.map { $0.isOver && $0.parts > 0 } ?? false
        guard let limit else { return }
        counter.text = limit.words
        counter.setClass("over", limit.isOver)
        split.label = trn("Split into {n} Message", "Split into {n} Messages", limit.parts)
    }

    /// Takes the keyboard, now or as soon as there is something that can have it.
    func takeFocus() {
        if composer.isVisible {
            text.grabFocus()
        } else if unblock.isMapped {
            unblock.grabFocus()
        } else {
            isFocusDue = true
        }
    }

    private func show(_ state: ComposerState) {
        defer {
            if isFocusDue, model.header != nil {
                isFocusDue = false
                takeFocus()
            }
        }
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
