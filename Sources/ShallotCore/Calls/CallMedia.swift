public import MediaKit

/// What a call hears and sees with, and where it plays and shows.
public struct CallMedia: Sendable {
    public var microphone: AudioInput
    /// Used while the camera is on.
    public var camera: VideoInput
    public var isCameraOn: Bool
    public var sound: AudioOutput
    public var picture: VideoOutput
    /// Our own picture, for the person to see.
    public var ownPicture: (@Sendable (VideoFrame) -> Void)?

    public init(
        microphone: AudioInput = .microphone(nil), camera: VideoInput = .camera(nil), isCameraOn: Bool = false,
        sound: AudioOutput = AudioOutput(device: .speaker(nil)), picture: VideoOutput = VideoOutput(),
        ownPicture: (@Sendable (VideoFrame) -> Void)? = nil
    ) {
        (self.microphone, self.camera, self.isCameraOn) = (microphone, camera, isCameraOn)
        (self.sound, self.picture, self.ownPicture) = (sound, picture, ownPicture)
    }
}
