import GtkKit
import ShallotModels

/// A line about a call in a conversation. It is a button, for what can be done about the call.
final class CallLineView {
    let root = Box(.vertical, spacing: 3)
    private let line = Button(label: "")
    private let icon = Image()
    private let words = Label(role: .presentation)
    private let time = Label(role: .presentation)
    private let offer = Button(label: "")
    /// Not the button's own label, which would wrap.
    private let offerWords = Label(role: .presentation)
    private var pressed: (Widget) -> Void = { _ in }
    private var taken: () -> Void = {}

    init() {
        root.addClass("call-row")
        line.name = "message.call"
        line.addClass("flat")
        line.halign = .center
        words.wraps = true
        words.justifyCenter()
        time.addClass("meta")
        time.addClass("numeric")
        let content = Box.line(spacing: 8)
        content.append(icon, words, time)
        line.setChild(content)
        offer.name = "message.call-offer"
        offer.addClass("pill-small")
        offer.halign = .center
        offer.setChild(offerWords)
        root.append(line, offer)
        line.onClicked { [weak self] in if let self { pressed(line) } }
        offer.onClicked { [weak self] in self?.taken() }
    }

    func onPressed(_ body: @escaping (Widget) -> Void) { pressed = body }
    func onOffer(_ body: @escaping () -> Void) { taken = body }

    func show(_ call: MessageRow.CallLine) {
        icon.iconName =
            switch call.symbol {
            case .outgoing: "call-outgoing-symbolic"
            case .incoming: "call-incoming-symbolic"
            case .missed: "call-missed-symbolic"
            }
        icon.setClass("failed", call.symbol == .missed)
        words.text = call.text
        time.text = call.timeText
        line.setAccessibleLabel(call.accessibleText)
        offer.isVisible = call.offer != nil
        if let words = call.offer?.words {
            offerWords.text = words
            offer.setAccessibleLabel("\(words), \(call.text)")
        }
    }
}
