extension String {
    /// The text between a first-strong isolate and its end, so that a name written in another direction cannot turn
    /// the sentence around it. Isolates and overrides that the text leaves open are closed by taking them out.
    /// - Source: Unicode Standard Annex 9, sections 2.4 and 2.7.
    public nonisolated var isolated: String { "\u{2068}\(withoutDirectionControls)\u{2069}" }

    /// The text without embedding, override and isolate controls.
    nonisolated var withoutDirectionControls: String {
        guard unicodeScalars.contains(where: Self.isDirectionControl) else { return self }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: unicodeScalars.filter { !Self.isDirectionControl($0) })
        return String(scalars)
    }

    private nonisolated static func isDirectionControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}
