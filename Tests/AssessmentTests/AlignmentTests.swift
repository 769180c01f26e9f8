import Assessment
import Testing

struct AlignmentTests {
    private typealias Place = SIMD2<Float>

    private func shift(_ places: [Place], by shift: Place, moving moved: Int = 0) -> Place {
        Alignment.shift(
            pairs: places.enumerated().map { index, place in
                (seen: index < moved ? SIMD2(0.9, 0.05) : place, known: place + shift)
            })
    }

    private let places: [Place] = [[0.1, 0.2], [0.4, 0.1], [0.7, 0.6], [0.3, 0.8], [0.5, 0.5]]

    @Test func aCommonShiftIsFound() {
        let found = shift(places, by: [0.03, -0.02])
        #expect(abs(found.x - 0.03) < 1e-6 && abs(found.y + 0.02) < 1e-6)
    }

    @Test func aMovedPartAmongMostThatStayedDoesNotMatter() {
        let found = shift(places, by: [0.03, -0.02], moving: 1)
        #expect(abs(found.x - 0.03) < 1e-6 && abs(found.y + 0.02) < 1e-6)
    }

    @Test func noPairsGiveNoShift() {
        #expect(Alignment.shift(pairs: []) == .zero)
    }
}
