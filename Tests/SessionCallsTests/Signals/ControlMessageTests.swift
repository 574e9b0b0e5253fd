import SessionCalls
import Testing

@Suite struct ControlMessageTests {
    @Test func `each message comes back`() {
        for message in [ControlMessage.video(isOn: true), .video(isOn: false), .hangUp] {
            #expect(ControlMessage(message.text) == message)
        }
        #expect(ControlMessage.hangUp.text == #"{"hangup":true}"#)
        #expect(ControlMessage.video(isOn: false).text == #"{"video":false}"#)
    }

    @Test(arguments: [
        (#"{"hangup":1}"#, ControlMessage.hangUp), (#"{"video":true,"hangup":true}"#, .hangUp),
        (#" {"video":true,"later":{"x":[1]}} "#, .video(isOn: true)),
    ])
    func `unknown keys do no harm`(text: String, message: ControlMessage) {
        #expect(ControlMessage(text) == message)
    }

    @Test(arguments: ["", "[]", "true", #"{"video":1}"#, #"{"video":null}"#, #"{"other":true}"#, "{", "\u{0}"])
    func `anything else is ignored`(text: String) { #expect(ControlMessage(text) == nil) }

    @Test func `longer than 1 KiB is ignored`() {
        func padded(to length: Int) -> String {
            let start = #"{"video":true,"x":""#
            return start + String(repeating: "y", count: length - start.utf8.count - 2) + #""}"#
        }
        #expect(ControlMessage(padded(to: 1_024)) == .video(isOn: true))
        #expect(ControlMessage(padded(to: 1_025)) == nil)
    }
}
