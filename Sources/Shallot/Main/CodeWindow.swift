import GtkKit
import ShallotModels

/// An Account ID as a QR code, black on white whatever the colours around it.
enum CodeWindow {
    static func present(_ payload: String, name: String, over parent: Window?) {
        let window = AdwaitaWindow()
        window.name = "code"
        window.title = tr("QR Code")
        window.setDefaultSize(width: 340, height: 420)
        window.setTransient(for: parent)
        window.setModal(true)

        let picture = Picture()
        picture.show(Texture.qrCode(payload))
        picture.alternativeText = tr("QR code with the Account ID of {name}", ["name": name.isolated])
        picture.setSizeRequest(width: 240, height: 240)
        let paper = Box(.vertical)
        paper.addClass("qr-code")
        paper.halign = .center
        paper.append(picture)
        let caption = Label(name)
        caption.addClass("heading")
        caption.ellipsize = .end
        let copy = Button(label: tr("Copy Account ID"))
        copy.name = "code.copy"
        copy.halign = .center
        copy.onClicked { Clipboard.copy(payload) }

        let body = Box(.vertical, spacing: 12)
        body.setMargins(18)
        body.expandsVertically = true
        body.valign = .center
        body.append(paper, caption, copy)
        let content = Box(.vertical)
        content.append(HeaderBar(), body)
        window.setContent(content)
        window.closesOnEscape()
        window.watchForLeaks()
        window.present()
    }
}
