import GtkKit

/// Says who learns which address: a sign and a sentence, and never a colour alone.
struct AddressLine {
    private let box: Box
    private let icon: Image
    private let words: Label

    init(_ ui: Template) {
        box = ui("address_line")
        icon = ui("address_icon")
        words = ui("address")
        box.isVisible = false
    }

    func show(_ text: String?, isRelayOnly: Bool) {
        box.isVisible = text != nil
        words.text = text ?? ""
        icon.iconName = isRelayOnly ? "shallot-relay-symbolic" : "shallot-direct-symbolic"
        box.setClass("address-direct", !isRelayOnly)
    }
}
