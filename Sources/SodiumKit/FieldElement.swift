/// A number modulo 2²⁵⁵ − 19, in five limbs of 51 bits. For public values only: it does not run in constant time.
struct FieldElement {
    private static let mask: UInt64 = 1 << 51 - 1
    private var limbs: (UInt64, UInt64, UInt64, UInt64, UInt64)

    static let one = FieldElement(limbs: (1, 0, 0, 0, 0))

    private init(limbs: (UInt64, UInt64, UInt64, UInt64, UInt64)) { self.limbs = limbs }

    /// 32 bytes, little-endian; the top bit is ignored, as RFC 7748 says.
    init(_ bytes: [UInt8]) {
        func word(_ offset: Int) -> UInt64 {
            bytes[offset..<min(offset + 8, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        limbs = (
            word(0) & Self.mask, word(6) >> 3 & Self.mask, word(12) >> 6 & Self.mask, word(19) >> 1 & Self.mask,
            word(24) >> 12 & Self.mask
        )
    }

    /// The canonical 32 bytes.
    var bytes: [UInt8] {
        var (a, b, c, d, e) = carried.limbs
        // Adding 19 overflows 2²⁵⁵ exactly when the value is not below the modulus.
        var quotient = (a + 19) >> 51
        for limb in [b, c, d, e] { quotient = (limb + quotient) >> 51 }
        a += 19 * quotient
        b += a >> 51
        c += b >> 51
        d += c >> 51
        e += d >> 51
        (a, b, c, d, e) = (a & Self.mask, b & Self.mask, c & Self.mask, d & Self.mask, e & Self.mask)
        let words = [a | b << 51, b >> 13 | c << 38, c >> 26 | d << 25, d >> 39 | e << 12]
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }

    var isZero: Bool { bytes.allSatisfy { $0 == 0 } }

    static func + (x: FieldElement, y: FieldElement) -> FieldElement {
        let (a, b) = (x.limbs, y.limbs)
        return FieldElement(limbs: (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3, a.4 + b.4)).carried
    }

    static func - (x: FieldElement, y: FieldElement) -> FieldElement {
        let (a, b) = (x.limbs, y.carried.limbs)
        // Twice the modulus is added first, so that no limb goes below zero.
        let (low, high): (UInt64, UInt64) = (1 << 52 - 38, 1 << 52 - 2)
        return FieldElement(
            limbs: (a.0 + low - b.0, a.1 + high - b.1, a.2 + high - b.2, a.3 + high - b.3, a.4 + high - b.4)
        ).carried
    }

    static func * (x: FieldElement, y: FieldElement) -> FieldElement {
        let a = [x.limbs.0, x.limbs.1, x.limbs.2, x.limbs.3, x.limbs.4].map { UInt128($0) }
        let b = [y.limbs.0, y.limbs.1, y.limbs.2, y.limbs.3, y.limbs.4].map { UInt128($0) }
        var sums = [UInt128](repeating: 0, count: 5)
        for i in 0..<5 {
            for j in 0..<5 { sums[(i + j) % 5] += a[i] * b[j] * (i + j >= 5 ? 19 : 1) }
        }
        var carry: UInt128 = 0
        for i in 0..<5 {
            sums[i] += carry
            carry = sums[i] >> 51
            sums[i] &= UInt128(mask)
        }
        sums[0] += carry * 19
        let words = sums.map { UInt64($0) }
        return FieldElement(limbs: (words[0], words[1], words[2], words[3], words[4])).carried
    }

    /// One over the value, by Fermat: the power p − 2. Zero stays zero.
    var inverse: FieldElement {
        // p − 2 = 2²⁵⁵ − 21: all bits set but 2 and 4.
        var result = FieldElement.one
        for bit in stride(from: 254, through: 0, by: -1) {
            result = result * result
            if bit != 2, bit != 4 { result = result * self }
        }
        return result
    }

    /// The same value with every limb below 2⁵¹, save for a little in the first.
    private var carried: FieldElement {
        var (a, b, c, d, e) = limbs
        b += a >> 51
        c += b >> 51
        d += c >> 51
        e += d >> 51
        a = a & Self.mask + 19 * (e >> 51)
        return FieldElement(limbs: (a, b & Self.mask, c & Self.mask, d & Self.mask, e & Self.mask))
    }
}
