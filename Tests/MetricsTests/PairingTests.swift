import Metrics
import Testing

struct PairingTests {
    @Test func nothingIsUsedTwiceAndAsManyAsPossibleArePaired() {
        // 0 fits 0 and 1, 1 fits 0 only, 2 fits nothing.
        let fits: Set<[Int]> = [[0, 0], [0, 1], [1, 0]]
        let pairs = Pairing.largest(left: 3, right: 2) { fits.contains([$0, $1]) }
        #expect(pairs == [1, 0, nil])
        #expect(Pairing.largest(left: 2, right: 0) { _, _ in true } == [nil, nil])
    }
}
