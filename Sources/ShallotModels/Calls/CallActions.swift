public import MediaKit
public import SessionWire
public import ShallotCore

/// What can be done with calls. The messenger does it; a call that cannot be placed or answered throws why.
public struct CallActions {
    public var place: (_ person: AccountID, _ withVideo: Bool) async throws -> Void
    public var answer: (_ withVideo: Bool) async throws -> Void
    public var decline: () async -> Void
    public var hangUp: () async -> Void
    public var setMuted: (Bool) async -> Void
    public var setCamera: (Bool) async -> Void
    /// Takes a device at once; `nil` is the system's default.
    public var use: (CallDeviceUse, String?) async -> Void
    /// Shows the screen in place of the camera; `nil` ends that.
    public var share: (ScreenSource?) async -> Void
    public var statistics: () async -> PeerStatistics?
    /// What counts for a call with this person.
    public var mode: (AccountID) async throws -> CallMode
    /// Sends a text instead of answering.
    public var say: (_ text: String, _ person: AccountID) async throws -> Void

    /// - Parameter media: what a call hears and sees with, made when one begins.
    public init(_ messenger: Messenger, media: @escaping (_ withVideo: Bool) -> CallMedia) {
        place = { try await messenger.calls().place($0, media: media($1)) }
        answer = { try await messenger.calls().accept(media($0)) }
        decline = { await (try? messenger.calls())?.decline() }
        hangUp = { await (try? messenger.calls())?.hangUp() }
        setMuted = { await (try? messenger.calls())?.setMuted($0) }
        setCamera = { await (try? messenger.calls())?.setCamera(isOn: $0) }
        use = { use, id in
            guard let calls = try? await messenger.calls() else { return }  // no account, no call
            switch use {
            case .microphone: await calls.useMicrophone(id)
            case .speaker: await calls.useSpeaker(id)
            case .camera: await calls.useCamera(id)
            case .ring: break
            }
        }
        share = { await (try? messenger.calls())?.shareScreen($0) }
        statistics = { await (try? messenger.calls())?.statistics() }
        mode = { person in
            let mode = try await messenger.callMode()
            return mode == .off ? .off : try await messenger.callMode(of: person) ?? mode
        }
        say = { _ = try await messenger.send($0, to: .account($1)) }
    }

    /// For tests: everything is done by doing nothing.
    init() {
        place = { _, _ in }
        answer = { _ in }
        (decline, hangUp) = ({}, {})
        (setMuted, setCamera) = ({ _ in }, { _ in })
        (use, share) = ({ _, _ in }, { _ in })
        statistics = { nil }
        mode = { _ in .direct }
        say = { _, _ in }
    }
}
