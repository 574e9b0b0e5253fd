import GtkKit
import ShallotModels

/// The bar in the main window while a call goes on: with whom, how long, back to it, end it.
final class CallBar {
    let root = Revealer()
    private let bindings = Bindings()

    /// - Parameter present: brings the window of the call to the front.
    init(model: CallsModel, present: @escaping () -> Void) {
        let words = Label(role: .status)
        words.wraps = true
        words.xalign = 0
        words.addClass("numeric")
        let place = Box(.horizontal)
        place.limitChild(toShare: 1, atEnd: false)
        place.expandsHorizontally = true
        place.append(words)
        let back = Button(label: tr("Return"))
        back.name = "call-bar.return"
        back.setAccessibleLabel(tr("Return to the Call"))
        let end = Button(label: tr("End"))
        end.name = "call-bar.end"
        end.addClass("destructive-action")
        end.setAccessibleLabel(tr("End the Call"))
        let bar = Box(.horizontal, spacing: 9)
        bar.addClass("call-bar")
        for button in [back, end] { button.valign = .center }
        bar.append(place, back, end)
        root.setChild(bar)
        root.isRevealed = false
        back.onClicked(present)
        end.onClicked { [weak model] in
            guard let call = model?.call else { return }
            Task { call.stage == .ringing ? await call.decline() : await call.hangUp() }
        }
        bindings.follow({ model.call.flatMap { $0.isOver ? nil : $0.barText } }) { [root] text in
            root.isRevealed = text != nil
            if let text { words.text = text }
        }
    }
}
