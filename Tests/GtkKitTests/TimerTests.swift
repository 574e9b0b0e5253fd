import Testing

@testable import GtkKit

@MainActor @Suite("Timers", .timeLimit(.minutes(1))) struct TimerTests {
    private final class Held { var timer: MainLoop.Timer? }

    @Test func `it runs again and again until it goes away`() async {
        var runs = 0
        let held = Held()
        await withCheckedContinuation { done in
            held.timer = MainLoop.Timer(every: .milliseconds(1)) {
                runs += 1
                if runs == 3 {
                    held.timer = nil
                    done.resume()
                }
            }
        }
        #expect(runs == 3)
    }
}
