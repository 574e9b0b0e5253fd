import GtkKit
import SessionWire
import ShallotModels

/// The actions of the window and what Escape and F6 do.
extension MainController {
    /// Runs a window action by name, as the desktop entry and D-Bus ask for.
    func run(_ name: String) { window.activateAction("win.\(name)") }

    func addActions() {
        add("new-conversation") { $0.startConversation() }
        add("note-to-self") { $0.write(to: .account($0.model.accountID)) }
        add("requests") { $0.showRequests() }
        add("details") { $0.toggleDetails() }
        add("mark-all-read") { controller in Task { await controller.model.list.markAllRead() } }
        add("my-code") { $0.showOwnCode() }
        add("preferences") { $0.showPreferences(at: .top) }
        add("network-path") { $0.showPreferences(at: .networkPath) }
        add("shortcuts") { $0.showShortcuts() }
        add("search") { $0.search() }
        add("close") { $0.close() }
        add("back") { $0.goBack() }
        add("next-pane") { $0.focusNextPane() }
        add("next-conversation") { $0.model.list.select(step: 1) }
        add("previous-conversation") { $0.model.list.select(step: -1) }
        add("next-unread") { $0.model.list.select(step: 1, unreadOnly: true) }
        add("previous-unread") { $0.model.list.select(step: -1, unreadOnly: true) }
        add(
            Action(
                "go-to",
                text: { [weak self] number in
                    if let number = Int(number) { self?.model.list.select(number: number) }
                }), named: "go-to")
    }

    private func add(_ name: String, _ body: @escaping (MainController) -> Void) {
        add(
            Action(name) { [weak self] in
                if let self { body(self) }
            }, named: name)
    }

    private func showShortcuts() {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Main/shortcuts.ui")
        let shortcuts: ShortcutsWindow = ui("window")
        shortcuts.setTransient(for: window)
        shortcuts.watchForLeaks()
        shortcuts.present()
    }

    private func search() {
        if areRequestsShown { hideRequests() }
        if conversation != nil { goBack() }
        list.showSearch(true)
    }

    /// Ctrl+W: the innermost thing that can be closed, at last the window.
    private func close() { if !closeInnermost() { window.close() } }

    /// Escape: search, details, the conversation of a narrow window, the requests page.
    func escape() -> Bool {
        if list.isSearching {
            list.showSearch(false)
        } else if areDetailsShown {
            toggleDetails()
        } else if conversation?.areMessagesFocused == true {
            conversation?.focusComposer()
        } else if conversation != nil, isFolded {
            goBack()
        } else if areRequestsShown {
            hideRequests()
        } else {
            return false
        }
        return true
    }

    private func closeInnermost() -> Bool {
        if list.isSearching {
            list.showSearch(false)
        } else if areDetailsShown {
            toggleDetails()
        } else if conversation != nil {
            closeConversation()
            list.list.grabFocus()
        } else if areRequestsShown {
            hideRequests()
        } else {
            return false
        }
        return true
    }

    /// F6: list, messages, composer, details, and round again. Panes that are not there are left out.
    private func focusNextPane() {
        var panes: [(isHere: Bool, focus: () -> Bool)] = [
            (list.root.containsFocus, { [list] in list.list.grabFocus() })
        ]
        if let conversation {
            panes.append((conversation.areMessagesFocused, { conversation.focusMessages() }))
            panes.append((conversation.isComposerFocused, { conversation.composer.text.grabFocus() }))
        }
        if areDetailsShown, let pane = detailsRoot { panes.append((pane.containsFocus, { pane.focusFirst() })) }
        let here = panes.firstIndex(where: \.isHere) ?? -1
        for step in 1...panes.count where panes[(here + step + panes.count) % panes.count].focus() { return }
    }
}
