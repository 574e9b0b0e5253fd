import Foundation

/// Sound that behaves like a voice: syllables of changing pitch with pauses between them, the same each time.
enum Speech {
    static func samples(seconds: Double) -> [Double] {
        var phase = 0.0
        return (0..<Int(48_000 * seconds)).map { index in
            let time = Double(index) / 48_000
            let syllable = Int(time / 0.2)
            // Two of seven syllables are pauses.
            let isPause = syllable % 7 == 3 || syllable % 7 == 6
            let pitch = 110 + Double((syllable * 37) % 90)
            phase += 2 * .pi * pitch / 48_000
            let envelope = isPause ? 0 : sin(.pi * (time / 0.2 - Double(syllable)))
            return 0.12 * envelope * (1...8).reduce(0) { $0 + sin(Double($1) * phase) / Double($1).squareRoot() }
        }
    }

    static func file(seconds: Double) -> [UInt8] { Recordings.file(samples(seconds: seconds)) }

    static func loudness(_ samples: some Collection<Double>) -> Double {
        (samples.reduce(0) { $0 + $1 * $1 } / Double(max(1, samples.count))).squareRoot()
    }
}
