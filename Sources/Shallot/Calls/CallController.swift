import Foundation
import GtkKit
import ShallotModels

/// The window of a call from "Calling…" to the words at its end. It decides nothing.
final class CallController {
    let window: AdwaitaWindow
    private let model: CallModel
    private let calls: CallsModel
    private let ui: Template
    private let scene: Stack
    private let toasts: ToastOverlay
    private let pictures: CallPictureView
    private let controls: CallControls
    private let details = CallDetailsPopover()
    private let fader: ControlsFader
    private let top: Revealer, bottom: Revealer
    private let title: WindowTitle
    private let fullButton: ToggleButton
    private let bindings = Bindings()
    private var share: ScreenShare?
    private var shareToggling: SignalConnection?
    private var isSmall = false
    private var sizeBefore = (width: 480, height: 640)

    private static let voiceSize = (width: 480, height: 640)
    private static let videoSize = (width: 960, height: 600)
    private static let smallSize = (width: 240, height: 160)
    private static let leastSize = (width: 320, height: 240)

    /// - Parameter sounds: the folder with what calls sound like.
    init(
        model: CallModel, calls: CallsModel, pictures feeds: CallPictures, sounds: URL?, application: Application
    ) {
        (self.model, self.calls) = (model, calls)
        ui = Template(resource: "/im/shallot/Shallot/ui/Calls/call.ui")
        window = ui("window")
        scene = ui("scene")
        toasts = ui("toasts")
        top = ui("top")
        bottom = ui("bottom")
        title = ui("title")
        fullButton = ui("full_button")
        let overlay: Overlay = ui("overlay")
        pictures = CallPictureView(ui, feeds: feeds)
        controls = CallControls(ui, model: model, calls: calls, sounds: sounds)
        fader = ControlsFader(bars: [ui("top"), ui("bottom")], area: overlay, window: window)
        window.title = tr("Call with {name}", ["name": model.name.isolated])
        window.setApplication(application)
        window.watchForLeaks()
        sizeBefore = model.isCameraOn ? Self.videoSize : Self.voiceSize
        window.setDefaultSize(width: sizeBefore.width, height: sizeBefore.height)
        showPerson()
        connect()
        connectShare(application)
        // A notice that comes before the window is shown would get the keyboard, and never go.
        window.setFocus(ui("mute_button") as ToggleButton)
        follow()
        Task { [weak self] in
            let listens = await ScreenReader.isOn(beside: application)
            self?.keepsControls = listens
            self?.layOut()
        }
    }

    private var keepsControls = false

    // MARK: The screen

    private func connectShare(_ application: Application) {
        let share = ScreenShare(application)
        self.share = share
        let button: ToggleButton = ui("share_button")
        let toggling = button.onToggled { [weak self] isOn in self?.setSharing(isOn) }
        shareToggling = toggling
        let model = model
        share.ended = { [weak model] in Task { await model?.screenWasTakenBack() } }
        bindings.follow({ model.screen != .none }) { isWanted in
            toggling.silently { button.isActive = isWanted }
        }
        Task {
            model.canShareScreen = await share.isPossible()
            button.isVisible = model.canShareScreen
        }
    }

    private func setSharing(_ isWanted: Bool) {
        guard let share else { return }
        let (model, window, shareToggling) = (model, window, shareToggling)
        let button: ToggleButton = ui("share_button")
        Task {
            if isWanted {
                await model.shareScreen(
                    { () async throws(ScreenChoiceError) in try await share.choose(over: window, name: model.name) },
                    giveBack: share.end)
            } else {
                await model.stopSharing()
            }
            // Nothing was begun: the button goes back.
            if isWanted, model.screen == .none { shareToggling?.silently { button.isActive = false } }
        }
    }

    /// The window goes for good.
    func leave() {
        pictures.leave()
        window.destroy()
    }

    private func showPerson() {
        let place: Box = ui("avatar_place")
        let name: Label = ui("name")
        let avatar = AvatarView(size: 96)
        avatar.show(model.avatar)
        place.append(avatar.root)
        name.text = model.name
        title.title = model.name
    }

    // MARK: What is pressed

    private func connect() {
        let detailsButton: MenuButton = ui("details_button")
        let smallButton: Button = ui("small_button")
        let restore: Button = ui("restore_button")
        detailsButton.setPopover(details.root)
        smallButton.onClicked { [weak self] in self?.setSmall(true) }
        restore.onClicked { [weak self] in self?.setSmall(false) }
        fullButton.onToggled { [weak self] isOn in
            guard let self, window.isFullscreen != isOn else { return }
            window.isFullscreen = isOn
        }
        window.onNotify("fullscreened") { [weak self] in
            guard let self, fullButton.isActive != window.isFullscreen else { return }
            fullButton.isActive = window.isFullscreen
        }
        fader.isHeld = { [details, controls] in details.isOpen || controls.isHeld }
        details.opened = { [weak fader] in fader?.wake() }
        let model = model
        window.onCloseRequest {
            Task { await model.hangUp() }
            return true
        }
        connectKeys()
    }

    private func connectKeys() {
        // A button that was just activated keeps all keys to itself for a quarter of a second: combinations, which no
        // widget in here wants, are seen before it.
        let combinations = KeyController(phase: .capture)
        combinations.onPressed { [weak self] in self?.pressedCombination($0) ?? false }
        let keys = KeyController(phase: .bubble)
        keys.onPressed { [weak self] in self?.pressed($0) ?? false }
        let model = model
        keys.onReleased { key in
            if key.symbol == .space { Task { await model.holdToTalk(false) } }
        }
        window.add(combinations)
        window.add(keys)
    }

    private func pressedCombination(_ key: Key) -> Bool {
        guard key.isControl else { return false }
        let model = model
        switch key.symbol {
        case .character("d") where !key.isShift: Task { await model.toggleMuted() }
        case .character("e") where key.isShift: Task { await model.setCamera(!model.isCameraOn) }
        case .character("s") where key.isShift: setSharing(model.screen == .none)
        case .character("h") where key.isShift: Task { await model.hangUp() }
        default: return false
        }
        return true
    }

    private func pressed(_ key: Key) -> Bool {
        let model = model
        switch key.symbol {
        case .character("f") where key.isPlain && model.hasControls: window.isFullscreen.toggle()
        case .space where key.isPlain && model.isMuted: Task { await model.holdToTalk(true) }
        case .escape where isSmall: setSmall(false)
        case .escape where window.isFullscreen: window.isFullscreen = false
        case .escape where model.isOver: model.dismiss()
        default: return false
        }
        return true
    }

    // MARK: What is shown

    private func follow() {
        let model = model
        let state: Label = ui("state")
        let line = AddressLine(ui)
        let quality: Image = ui("quality")
        bindings.follow({ model.stateText }) { [title] text in
            state.text = text
            title.subtitle = text
        }
        bindings.follow({ model.addressText }) { line.show($0, isRelayOnly: model.isRelayOnly) }
        bindings.follow({ model.stage }) { [weak self] _ in self?.layOut() }
        bindings.follow({ model.showsPicture }) { [weak self] _ in self?.layOut() }
        bindings.follow({ model.isCameraOn }) { [weak self] _ in self?.layOut() }
        bindings.follow({ model.isSharing }) { [weak self] _ in self?.layOut() }
        bindings.follow({ model.details }) { [details] in details.show($0) }
        bindings.follow({ model.stage == .running ? model.quality : nil }) { level in
            quality.isVisible = level != nil
            guard let level else { return }
            quality.iconName = level.iconName
            quality.tooltip = level.words
            quality.setAccessibleLabel(level.words)
        }
        var said = 0
        bindings.follow({ model.notices }) { [weak self] notices in
            for notice in notices.dropFirst(said) { self?.toasts.add(Toast(notice.text)) }
            said = notices.count
        }
        bindings.follow({ [calls] in calls.notice?.text }) { [weak self] text in
            if let self, let text, model.isOver { toasts.add(Toast(text)) }
        }
    }

    private func layOut() {
        pictures.show(
            hasRemote: model.showsPicture, hasOwn: model.isCameraOn && model.hasControls, isSmall: isSmall)
        let showsPicture = pictures.fillsWindow
        scene.visibleChildName = showsPicture ? "picture" : "face"
        scene.setClass("shows-picture", showsPicture)
        toasts.setClass("over-picture", showsPicture)
        // The name stands in the middle while there is no picture; then it moves up.
        let veil: Label = ui("veil")
        veil.isVisible = showsPicture && model.stage == .reconnecting
        veil.text = model.stateText
        scene.setClass("dimmed", veil.isVisible)
        fader.mayFade = showsPicture && !keepsControls && !model.isSharing && model.stage == .running
        controls.layOut(isOver: model.isOver)
        if model.isOver, isSmall { setSmall(false) }
        if model.isOver, window.isFullscreen { window.isFullscreen = false }
    }

    /// The small window beside other work, and back.
    private func setSmall(_ wanted: Bool) {
        guard wanted != isSmall, !(wanted && model.isOver) else { return }
        isSmall = wanted
        // What is about to go must not have the keyboard.
        window.setFocus(nil)
        if wanted {
            if window.isFullscreen { window.isFullscreen = false }
            if window.width > 0 { sizeBefore = (window.width, window.height) }
        }
        top.isVisible = !wanted
        bottom.isVisible = !wanted
        (ui("small_controls") as Box).isVisible = wanted
        let least = wanted ? Self.smallSize : Self.leastSize
        window.setSizeRequest(width: least.width, height: least.height)
        let size = wanted ? Self.smallSize : sizeBefore
        window.setDefaultSize(width: size.width, height: size.height)
        layOut()
        if !wanted { fader.wake() }
        (ui(wanted ? "restore_button" : "small_button") as Button).grabFocus()
    }
}

extension CallQuality {
    fileprivate var iconName: String {
        switch self {
        case .good: "network-cellular-signal-excellent-symbolic"
        case .fair: "network-cellular-signal-ok-symbolic"
        case .poor: "network-cellular-signal-weak-symbolic"
        }
    }
}
