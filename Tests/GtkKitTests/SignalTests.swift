import CAdwaita
import Testing

@testable import GtkKit

@MainActor @Suite("Signals and their handlers") struct SignalTests {
    private final class Mark {}

    private func start(_ action: Action) { action.withOpaque { g_action_activate($0, nil) } }

    @Test func `a handler lives as long as what emits`() {
        weak var kept: Mark?
        do {
            let mark = Mark()
            kept = mark
            let action = Action("test") { _ = mark }
            start(action)
        }
        #expect(kept == nil)
    }

    @Test func `a connection that ends frees what its handler captured`() {
        let action = Action("test") {}
        weak var kept: Mark?
        var runs = 0
        do {
            let mark = Mark()
            kept = mark
            let connection = action.connect("activate") { [mark] _ in
                _ = mark
                runs += 1
            }
            start(action)
            connection.disconnect()
        }
        start(action)
        #expect(runs == 1)
        #expect(kept == nil)
    }

    @Test func `a change that comes from the model does not come back as one of the person`() {
        let action = Action("test") {}
        var runs = 0
        let connection = action.onNotify("enabled") { runs += 1 }
        connection.silently { action.isEnabled = false }
        #expect(runs == 0)
        action.isEnabled = true
        #expect(runs == 1)
    }

    @Test func `an action with a text takes texts, and one that is on or off keeps its state`() {
        var heard: [String] = []
        let action = Action("open", text: { heard.append($0) })
        action.withOpaque { g_action_activate($0, g_variant_new_string("token")) }
        #expect(heard == ["token"])
        var states: [Bool] = []
        let toggle = Action("mute", isOn: false) { states.append($0) }
        toggle.withOpaque { g_action_change_state($0, g_variant_new_boolean(1)) }
        toggle.show(isOn: false)
        #expect(states == [true])
    }

    @Test func `actions of a group are found by name`() {
        let action = Action("send") {}
        let group = ActionGroup([action])
        group.setEnabled("send", false)
        group.setEnabled("nothing of that name", false)
        #expect(!action.isEnabled)
    }
}
