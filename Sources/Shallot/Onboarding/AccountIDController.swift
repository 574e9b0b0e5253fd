import GtkKit
import ShallotModels

/// One's Account ID: to read, to copy, as a QR code. After creating an account it also leads on.
final class AccountIDController: OnboardingPage {
    /// Where the page of a new account leads.
    struct Next {
        let start: () -> Void
        let savePhrase: () -> Void
    }

    let root: ScrolledWindow
    private let firstButton: Button

    /// - Parameters:
    ///   - next: `nil` for the page in Preferences, which leads nowhere.
    ///   - tell: says in a word that something was copied.
    init(model: AccountIDModel, next: Next?, tell: @escaping (String) -> Void) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/account-id.ui")
        root = ui("root")
        let copyButton: Button = ui("copy_button")
        let shareButton: Button = ui("share_button")
        let startButton: Button = ui("start_button")
        let phraseButton: Button = ui("phrase_button")
        let text: Label = ui("account_id")
        let nextBox: Box = ui("next_box")
        text.text = model.groups.joined(separator: " ")
        text.setAccessibleLabel(model.accessibleText)
        copyButton.onClicked {
            Clipboard.copy(model.copyText)
            tell(tr("Account ID copied"))
        }
        shareButton.onClicked {
            Clipboard.copy(model.shareText)
            tell(tr("Text with your Account ID copied"))
        }
        QRCodeToggle.connect(button: ui("qr_button"), revealer: ui("qr_revealer"), picture: ui("qr_picture"), scale: 6)
        {
            QRCodeToggle.Content(payload: model.qrPayload, label: tr("QR code of your Account ID"))
        }
        nextBox.isVisible = next != nil
        firstButton = next == nil ? copyButton : startButton
        if let next {
            startButton.onClicked(next.start)
            phraseButton.onClicked(next.savePhrase)
        }
    }

    func takeFocus() { firstButton.grabFocus() }
}

/// A button that unfolds a QR code, which is only made while it is shown.
enum QRCodeToggle {
    struct Content {
        let payload: String
        let label: String
    }

    static func connect(
        button: ToggleButton, revealer: Revealer, picture: Picture, scale: Int, content: @escaping () -> Content
    ) {
        revealer.isVisible = false
        button.onToggled { isOn in
            let shown = isOn ? content() : nil
            picture.show(shown.flatMap { Texture.qrCode($0.payload, pixelsPerModule: scale) })
            picture.alternativeText = shown?.label ?? ""
            revealer.isVisible = isOn
            revealer.isRevealed = isOn
        }
    }
}
