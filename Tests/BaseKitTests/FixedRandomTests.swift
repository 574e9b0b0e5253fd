import BaseKit
import Testing

@Suite struct FixedRandomTests {
    @Test func `draws come in order, cut or filled, and then zeros`() {
        let random = FixedRandom([[1, 2, 3], [4], [5, 6]])
        #expect(random.bytes(3) == [1, 2, 3])
        #expect(random.bytes(2) == [4, 0])
        #expect(random.bytes(1) == [5])
        #expect(random.bytes(2) == [0, 0])
    }

    @Test func `copies share their place`() {
        let random = FixedRandom([[1], [2]])
        let copy = random
        #expect(random.bytes(1) == [1])
        #expect(copy.bytes(1) == [2])
    }
}
