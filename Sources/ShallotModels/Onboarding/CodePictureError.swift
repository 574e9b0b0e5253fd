/// Why a picture gave no recovery phrase.
public nonisolated enum CodePictureError: Error, Equatable {
    case tooLarge
    case unreadable
    case noCode
    /// There is a code, of something else.
    case noPhrase
}

extension Notice {
    nonisolated init(_ error: CodePictureError) {
        let text =
            switch error {
            case .tooLarge: tr("This picture is too large. Cut it to the QR code and try again.")
            case .unreadable: tr("This is not a picture that can be read. PNG and JPEG files can.")
            case .noCode:
                tr("There is no QR code in this picture, or it cannot be made out. It should be sharp and not tilted.")
            case .noPhrase: tr("The QR code in this picture is not that of a recovery phrase.")
            }
        self.init(text: text)
    }
}
