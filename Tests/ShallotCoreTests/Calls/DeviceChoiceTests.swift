import MediaKit
import Testing

@testable import ShallotCore

@Suite("Devices of a call") struct DeviceChoiceTests {
    private let ear = MediaDevice(.microphone, id: "ear", name: "Ear")
    private let other = MediaDevice(.microphone, id: "other", name: "Other", isDefault: true)
    private let speaker = MediaDevice(.speaker, id: "mouth", name: "Mouth", isDefault: true)
    private let media = CallMedia(microphone: .microphone("ear"), sound: AudioOutput(device: .speaker("mouth")))

    private func choice(_ list: [MediaDevice]?, camera: VideoInput = .none) -> DeviceChoice {
        DeviceChoice(media, camera: camera, among: list)
    }

    @Test func `what was chosen is used when it is there, and before it was looked`() {
        for list in [nil, [ear, other, speaker]] {
            let choice = choice(list)
            #expect(choice.microphone == .microphone("ear") && choice.speaker == .speaker("mouth"))
            #expect(choice.troubles.isEmpty)
        }
    }

    @Test func `a microphone that is gone is stood in for by the system's, and used again when it is back`() {
        let gone = choice([other, speaker])
        #expect(gone.microphone == .microphone(nil))
        #expect(gone.troubles == [.stoodIn(.microphone)])
        #expect(choice([other, speaker, ear]).microphone == .microphone("ear"))
    }

    @Test func `without any microphone silence is sent, and not what a speaker plays`() {
        let none = choice([speaker])
        #expect(none.microphone == .silence)
        #expect(none.troubles == [.missing(.microphone)])
    }

    @Test func `a speaker that is gone, and no camera`() {
        let gone = choice([ear], camera: .camera("eye"))
        #expect(gone.speaker == .speaker(nil) && gone.camera == .none)
        #expect(gone.troubles == [.missing(.camera), .missing(.speaker)])
    }

    @Test func `test sources need no device`() {
        let media = CallMedia(microphone: .tone(440), camera: .numbered, sound: AudioOutput(device: .none))
        let choice = DeviceChoice(media, camera: .numbered, among: [])
        #expect(choice.microphone == .tone(440) && choice.camera == .numbered && choice.speaker == .none)
        #expect(choice.troubles.isEmpty)
    }

    @Test func `a device that gives nothing is stood in for once, and then left out`() {
        var choice = choice([ear, other, speaker])
        choice.failed(.microphone, "It is busy.")
        #expect(choice.microphone == .microphone(nil) && choice.troubles == [.failed(.microphone, "It is busy.")])
        choice.failed(.microphone, "It is busy.")
        #expect(choice.microphone == .silence)
        choice.failed(.speaker, "It is busy.")
        choice.failed(.speaker, "It is busy.")
        #expect(choice.speaker == .none)
    }
}
