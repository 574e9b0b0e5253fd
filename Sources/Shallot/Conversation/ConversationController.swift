import GtkKit
import SessionWire
import ShallotModels

/// Joins `conversation.ui` to a model. It decides nothing.
final class ConversationController {
    let root: Box
    let id: ConversationID
    let composer: ComposerView
    private let model: ConversationModel
    private let main: MainModel
    private let messages: MessageListView
    private let menu: MessageMenu
    private let conversationMenu: ConversationMenu
    private let states: Stack
    private let empty: StatusPage
    private let header: HeaderBar
    private let title: Label, subtitle: Label, nameButton: Button, backButton: Button, menuButton: MenuButton
    private let callButton: Button, videoButton: Button, detailsButton: Button
    /// Only one page fits: buttons whose work others do too make room.
    private var isNarrow = false
    private let endRevealer: Revealer, endButton: Button, endCount: Label, announcer: Label
    private let waiting: Label
    private let avatar = AvatarView(size: 32)
    private var hasOpened = false
    private var filled: (() -> Void)?
    private var lastMoment: MainLoop.Timer?
    private var newest: MessageRow.ID?
    private let bindings = Bindings()

    /// The widgets of one conversation. Making them takes some milliseconds, so somebody may do it ahead.
    static func widgets() -> Template { Template(resource: "/im/shallot/Shallot/ui/Conversation/conversation.ui") }

    /// - Parameter ui: from ``widgets()``, used for nothing else.
    init(_ ui: Template, model: ConversationModel, main: MainModel, window: MainController) {
        (self.model, self.main, id) = (model, main, model.id)
        root = ui("root")
        header = ui("header")
        states = ui("states")
        empty = ui("empty")
        title = ui("title")
        subtitle = ui("subtitle")
        nameButton = ui("name_button")
        backButton = ui("back_button")
        menuButton = ui("menu_button")
        callButton = ui("call_button")
        videoButton = ui("video_button")
        detailsButton = ui("details_button")
        endRevealer = ui("end_revealer")
        endButton = ui("end_button")
        waiting = ui("waiting")
        endCount = ui("end_count")
        announcer = ui("announcer")
        let avatarPlace: Box = ui("avatar_place")
        avatarPlace.append(avatar.root)

        let link = Link()
        messages = MessageListView(
            in: ui("scroller"),
            actions: MessageListView.Actions(
                menu: { row, anchor, place in link.controller?.menu.open(for: row, at: anchor, place: place) },
                failed: { row, anchor in link.controller?.menu.openFailed(for: row, at: anchor) },
                folded: { link.controller?.fold($0) },
                called: { row, anchor in link.controller?.menu.openCall(for: row, at: anchor) },
                offered: { link.controller?.takeOffer($0) },
                moved: { link.controller?.moved() }))
        menu = MessageMenu(model: model, window: window, anchor: messages.column)
        conversationMenu = ConversationMenu(model: main, window: window)
        conversationMenu.attach(to: menuButton, of: model.id)
        composer = ComposerView(ui, model: model) { [weak main] in main?.settings.enterSends ?? true }
        link.controller = self
        connect(ui, window)
        follow()
    }

    /// Handlers that are made before `self` is complete reach it through this.
    private final class Link { weak var controller: ConversationController? }

    private func connect(_ ui: Template, _ window: MainController) {
        backButton.onClicked { [weak window] in window?.goBack() }
        endButton.onClicked { [weak self] in self?.goToEnd() }
        let keys = KeyController(phase: .bubble)
        keys.onPressed { [weak self] in self?.pressedInMessages($0) ?? false }
        messages.column.add(keys)
        composer.goUp = { [weak self] in self?.messages.focusLast() }
        callButton.onClicked { [weak self] in self?.call(withVideo: false) }
        videoButton.onClicked { [weak self] in self?.call(withVideo: true) }
        menu.call = { [weak self] in self?.call(withVideo: $0) }
        menu.fold = { [weak self] in self?.messages.fold($0) }
        menu.deleted = { [weak self] in self?.focusComposer() }
        let accept: Button = ui("accept_button")
        let decline: Button = ui("decline_button")
        let block: Button = ui("block_button")
        accept.onClicked { [weak model] in Task { await model?.acceptRequest() } }
        decline.onClicked { [weak window, id, main] in
            window?.closeConversation()
            Task { await main.requests.decline(id) }
        }
        block.onClicked { [weak self, weak window, id, main] in
            window?.dialogs.block(self?.title.text ?? "") {
                window?.closeConversation()
                Task { await main.requests.block(id) }
            }
        }
    }

    private func follow() {
        let model = model
        // Nothing before it was opened is not the same as nothing in it, which has a page of its own.
        bindings.follow({ model.opening == nil ? nil : model.rows }) { [weak self] rows in
            if let rows { self?.show(rows) }
        }
        bindings.follow({ model.header }) { [weak self] header in self?.show(header) }
        bindings.follow({ model.emptyHint }) { [weak self] hint in self?.empty.explanation = hint }
        bindings.follow({ model.emptyTitle }) { [weak self] words in self?.empty.title = words }
        bindings.follow({ model.hasNewer }) { [weak self] hasNewer in self?.messages.sticksToEnd = !hasNewer }
        bindings.follow({ model.isWaitingForOlder }) { [weak self] in self?.waiting.isVisible = $0 }
        bindings.follow({ model.unreadBelow }) { [weak self] count in
            self?.endCount.isVisible = count > 0
            self?.endCount.text = "\(count)"
            self?.endButton.setAccessibleLabel(model.endButtonText)
        }
        bindings.follow({ [main] in main.calls.obstacle }) { [weak self] _ in self?.showCallButtons() }
        bindings.run { [main] in await model.run(from: main.place(in: model.id)) }
    }

    private func fold(_ row: MessageRow) {
        guard let message = row.messageID else { return }
        model.setUnfolded(row.bubble?.fold == .folded, message)
    }

    // MARK: Showing

    private func show(_ header: ConversationHeader?) {
        guard let header else { return }
        title.text = header.title
        subtitle.isVisible = header.subtitle != nil
        subtitle.text = header.subtitle ?? ""
        avatar.show(header.avatar)
        if header.membership != nil { empty.iconName = "system-users-symbolic" }
        nameButton.setAccessibleLabel(tr("Details of {name}", ["name": header.title.isolated]))
        menuButton.isVisible = main.list.row(id) != nil
        showCallButtons()
    }

    // MARK: Calls

    private func showCallButtons() {
        let canBeCalled = model.header?.canBeCalled ?? false
        let obstacle =
            model.header?.isBlocked == true
            ? tr("This contact is blocked. Unblock it to call.") : main.calls.obstacle
        // The name opens the details too, and a call gets its picture in its own window.
        detailsButton.isVisible = !(isNarrow && canBeCalled)
        for (button, words) in [(callButton, tr("Voice Call")), (videoButton, tr("Video Call"))] {
            button.isVisible = canBeCalled && !(isNarrow && button === videoButton)
            button.isSensitive = obstacle == nil
            button.tooltip = obstacle ?? words
        }
    }

    private func call(withVideo: Bool) {
        guard let person = id.accountID else { return }
        Task { [main] in await main.calls.place(person, withVideo: withVideo) }
    }

    private func takeOffer(_ row: MessageRow) {
        switch row.call?.offer {
        case .callBack: call(withVideo: false)
        case .turnOn: main.calls.askForConsent()
        case nil: break
        }
    }

    private func show(_ rows: [MessageRow]) {
        guard let opening = model.opening else { return }
        if !hasOpened { messages.begin(at: opening.row) }
        messages.apply(rows)
        states.visibleChildName = rows.isEmpty ? "empty" : "messages"
        if !hasOpened {
            hasOpened = true
            WindowTimes.paintedAfterInput("conversation", in: root)
            switch opening {
            case .bottom: messages.column.scrollToEnd()
            case .unreadLine: messages.scroll(to: .unread, fraction: 1 / 3)
            case .row(let id, let offset): messages.restore(id, offset: offset)
            }
            fill()
        }
        announce(rows.last)
    }

    /// Runs `body` when the first messages are in place, or soon without them.
    func whenFilled(_ body: @escaping () -> Void) {
        filled = body
        lastMoment = MainLoop.Timer(after: .milliseconds(100)) { [weak self] in self?.fill() }
    }

    private func fill() {
        filled?()
        filled = nil
        lastMoment = nil
    }

    /// GTK 4.8 cannot announce: a hidden status label changes its words instead.
    private func announce(_ row: MessageRow?) {
        defer { newest = row?.id }
        guard newest != nil, let row, row.id != newest, let bubble = row.bubble, !bubble.isOutgoing else { return }
        announcer.text = row.accessibleText
    }

    private func goToEnd() {
        Task { [weak self, model] in
            await model.showNewest()
            self?.messages.column.scrollToEnd()
        }
    }

    // MARK: Moving

    /// How many screens of rows are kept ahead of the view.
    private static let reserve = 1.5

    private func moved() {
        guard hasOpened, messages.isComplete, messages.column.height > 0 else { return }
        let margins = messages.margins
        let isAtEnd = messages.column.isAtEnd
        if model.isFollowing != (isAtEnd && !model.hasNewer) { model.isFollowing = isAtEnd && !model.hasNewer }
        endRevealer.isRevealed = !isAtEnd || model.hasNewer
        if let last = messages.lastVisible { model.seen(through: last) }
        if model.hasOlder, margins.above < Self.reserve { load(older: true) }
        if model.hasNewer, margins.below < Self.reserve { load(older: false) }
    }

    private var isLoading = false

    private func load(older: Bool) {
        guard !isLoading else { return }
        isLoading = true
        Task { [weak self, model] in
            await older ? model.loadOlder() : model.loadNewer()
            self?.isLoading = false
        }
    }

    /// The conversation is left: its place is remembered for this run.
    func leave() {
        main.remember(messages.column.isAtEnd && !model.hasNewer ? nil : messages.place, in: id)
    }

    // MARK: Keyboard

    func focusComposer() { composer.takeFocus() }
    @discardableResult func focusMessages() -> Bool { messages.focusLast() }
    var isComposerFocused: Bool { composer.text.containsFocus }
    var areMessagesFocused: Bool { messages.column.containsFocus }
    /// - Parameters:
    ///   - isFolded: the list is behind this page, so there is something to go back to.
    ///   - isOuter: nothing stands at the end of this page, so the window's buttons belong here.
    func lay(isFolded: Bool, isOuter: Bool) {
        isNarrow = isFolded
        showCallButtons()
        backButton.isVisible = isFolded
        header.showsStartTitleButtons = isFolded
        header.showsEndTitleButtons = isOuter
    }

    private func pressedInMessages(_ key: Key) -> Bool {
        switch key.symbol {
        case .up where key.isPlain: return messages.moveFocus(-1)
        case .down where key.isPlain:
            if !messages.moveFocus(1) { focusComposer() }
            return true
        case _ where key.asksForMenu:
            messages.openMenuOfFocused()
            return true
        default:
            guard let row = messages.focused else { return false }
            return menu.pressed(key, on: row)
        }
    }
}

extension ConversationModel.Opening {
    /// The row that is in view at first; `nil` for the last.
    fileprivate var row: MessageRow.ID? {
        switch self {
        case .bottom: nil
        case .unreadLine: .unread
        case .row(let id, _): id
        }
    }
}
