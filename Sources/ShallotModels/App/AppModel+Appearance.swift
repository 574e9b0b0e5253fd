extension AppModel {
    /// Another text size, as Preferences would set it.
    public func changeTextSize(_ step: Appearance.TextStep) {
        var appearance = dependencies.local.appearance
        appearance.step(step)
        guard appearance != dependencies.local.appearance else { return }
        dependencies.local.appearance = appearance
        dependencies.applyAppearance(appearance)
    }
}
