import Logging
public import MediaKit
import SessionCalls
import SessionMedia

/// Microphones, speakers, cameras and the screen while a call goes on.
extension CallService {
    /// - Parameter id: stable name of the device; `nil` is the system's default.
    public func useMicrophone(_ id: String?) {
        media.microphone = .microphone(id)
        chosen()
    }

    public func useSpeaker(_ id: String?) {
        media.sound.device = .speaker(id)
        chosen()
    }

    /// Chooses a camera; ``setCamera(isOn:)`` says whether it is shown.
    public func useCamera(_ id: String?) {
        media.camera = .camera(id)
        chosen()
    }

    /// Shows the screen in place of the camera.
    /// - Parameter source: `nil` ends that; the camera is shown again if it is on.
    public func shareScreen(_ source: ScreenSource?) {
        screen = source
        pictureChanged()
    }

    var showsPicture: Bool { isCameraOn || screen != nil }

    private var picture: VideoInput { screen.map { .screen($0) } ?? (isCameraOn ? media.camera : .none) }

    func pictureChanged() {
        chosen()
        engine?.perform(.tell(.video(isOn: showsPicture)))
        publish()
    }

    // MARK: While media are open

    /// What the call begins with. What there is is looked at beside it, so that nobody waits for a sound server.
    func beginDevices() -> DeviceChoice {
        devices = DeviceChoice(media, camera: picture, among: nil)
        deviceWatch?.cancel()
        deviceWatch = Task { [weak self] in
            let watch = MediaDevices()
            do { try await watch.start() } catch { return }  // the call itself says what is missing
            for await list in watch.lists() {
                guard let self, !Task.isCancelled else { break }
                await self.listed(list)
            }
            await watch.stop()
        }
        return devices
    }

    func endDevices() {
        deviceWatch?.cancel()
        deviceWatch = nil
        (devices, deviceList) = (DeviceChoice(), nil)
    }

    private func chosen() {
        guard engine != nil else { return }
        use(DeviceChoice(media, camera: picture, among: deviceList))
    }

    private func listed(_ list: [MediaDevice]) {
        guard engine != nil, deviceWatch != nil else { return }
        deviceList = list
        use(DeviceChoice(media, camera: picture, among: list))
    }

    func deviceFailed(_ kind: MediaDevice.Kind, _ reason: String) {
        log.notice("A device of the call failed: \(kind)")
        if kind == .camera, screen != nil {
            screen = nil
            pictureChanged()
            pictureTrouble = .screen(reason)
            return publish()
        }
        var next = devices
        next.failed(kind, reason)
        use(next)
    }

    /// Changes what is different.
    private func use(_ next: DeviceChoice) {
        let before = devices
        devices = next
        // The speaker first: the microphone has to know what it plays.
        if next.speaker != before.speaker { engine?.perform(.speaker(next.speaker)) }
        if next.microphone != before.microphone { engine?.perform(.microphone(next.microphone)) }
        if next.camera != before.camera { engine?.perform(.camera(next.camera)) }
        if isCameraOn, screen == nil, next.camera == .none {
            // Nothing stands in for it: nobody is to be told of a picture that does not come.
            isCameraOn = false
            pictureTrouble = next.troubles.first { $0.kind == .camera }
            engine?.perform(.tell(.video(isOn: false)))
        }
        publish()
    }
}
