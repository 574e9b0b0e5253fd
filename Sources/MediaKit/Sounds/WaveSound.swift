public import Foundation

/// A short sound in memory.
public struct WaveSound: Sendable, Hashable {
    /// Longer sounds are refused: 8 MiB are 90 seconds of 48 kHz in one channel.
    public static let limit = 8 << 20

    let rate: Int
    let channels: Int
    /// 16-bit samples, the channels in turn.
    let samples: [UInt8]

    /// Reads a WAV file: 16 bits a sample, one or two channels, 8 to 96 kHz.
    /// - Throws: ``MediaError/unreadableSound`` for anything else.
    /// - Source: Microsoft/IBM, Multimedia Programming Interface and Data Specifications 1.0, "WAVE"
    public init(wave bytes: [UInt8]) throws(MediaError) {
        guard bytes.count <= Self.limit, bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)),
            bytes[8..<12].elementsEqual("WAVE".utf8)
        else { throw .unreadableSound }
        func number(_ place: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
        var format: (rate: Int, channels: Int)?
        var place = 12
        while place + 8 <= bytes.count {
            let begin = place + 8
            let end = min(begin + number(place + 4, 4), bytes.count)
            let name = bytes[place..<(place + 4)]
            if name.elementsEqual("fmt ".utf8), end - begin >= 16 {
                guard number(begin, 2) == 1, number(begin + 14, 2) == 16 else { throw .unreadableSound }
                format = (number(begin + 4, 4), number(begin + 2, 2))
            } else if name.elementsEqual("data".utf8), let format, (1...2).contains(format.channels),
                (8_000...96_000).contains(format.rate)
            {
                let frame = 2 * format.channels
                let whole = (end - begin) / frame * frame
                guard whole > 0 else { throw .unreadableSound }
                (rate, channels) = (format.rate, format.channels)
                samples = Array(bytes[begin..<(begin + whole)])
                return
            }
            place = end + (end - begin) % 2
        }
        throw .unreadableSound
    }

    /// Reads a WAV file.
    public init(contentsOf url: URL) throws(MediaError) {
        guard let data = try? Data(contentsOf: url) else { throw .unreadableSound }
        try self.init(wave: [UInt8](data))
    }

    var form: String { "audio/x-raw,format=S16LE,rate=\(rate),channels=\(channels),layout=interleaved" }
}
