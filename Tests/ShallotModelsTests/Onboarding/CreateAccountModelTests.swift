import ShallotCore
import ShallotModels
import Testing

@MainActor @Suite struct CreateAccountModelTests {
    @Test func `an empty name is only a mistake once tried`() async {
        let model = CreateAccountModel { _ in Issue.record("nothing to create") }
        #expect(model.problem == nil)
        await model.submit()
        #expect(model.problem == "Enter a name")
        model.name = "M"
        #expect(model.problem == nil)
    }

    @Test func `a name that is too long is told while typing`() {
        let model = CreateAccountModel { _ in }
        model.name = String(repeating: "a", count: 103)
        #expect(model.problem == "This name is too long by 3 bytes")
        #expect(!model.canCreate)
        #expect(model.counter == "103 / 100")
    }

    @Test func `the trimmed name is handed on`() async {
        var given: String?
        let model = CreateAccountModel { given = $0 }
        model.name = "  Maria\n"
        await model.submit()
        #expect(given == "Maria")
    }

    @Test func `an error is shown and the name stays`() async {
        let model = CreateAccountModel { _ in throw AccountError.storage("x") }
        model.name = "Maria"
        await model.submit()
        #expect(model.problem == "This could not be saved on this device.")
        #expect(model.name == "Maria")
    }
}
