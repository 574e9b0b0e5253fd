import GtkKit
import MediaKit
import ShallotCore
import ShallotModels

/// Where the pictures of a call come in, from the threads that decode them, and what a call hears and sees with.
nonisolated final class CallPictures: Sendable {
    /// The other side's.
    let remote = VideoFeed()
    /// Our own, as the other side gets it.
    let own = VideoFeed()
    private let usesTestMedia: Bool

    /// - Parameter usesTestMedia: a tone and colour bars instead of microphone and camera, for machines without them.
    init(usesTestMedia: Bool) { self.usesTestMedia = usesTestMedia }

    /// - Parameter device: what was chosen for a use, by its stable name.
    func media(withVideo: Bool, device: (CallDeviceUse) -> String?) -> CallMedia {
        CallMedia(
            microphone: usesTestMedia ? .tone(440) : .microphone(device(.microphone)),
            camera: usesTestMedia ? .numbered : .camera(device(.camera)), isCameraOn: withVideo,
            sound: AudioOutput(device: usesTestMedia ? .none : .speaker(device(.speaker))),
            picture: VideoOutput(shown: { [remote] in remote.take($0) }), ownPicture: { [own] in own.take($0) })
    }
}

extension VideoFeed {
    fileprivate nonisolated func take(_ frame: VideoFrame) {
        take(width: frame.width, height: frame.height) { target in
            frame.withPixels { source in
                guard source.count == target.count else { return false }
                target.copyMemory(from: source)
                return true
            } ?? false
        }
    }
}
