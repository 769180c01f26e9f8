internal import Imaging

/// Places of a picture where no part lies.
struct FreePlace {
    private static let steps = 24

    private let size: PixelSize
    private let occupied: [UInt8]

    /// Where the parts lie on the whole.
    private let middle: SIMD2<Float>

    init(in size: PixelSize, occupied: [UInt8]) {
        self.size = size
        self.occupied = occupied
        var sum = SIMD2<Float>.zero
        var count: Float = 0
        for y in stride(from: 0, to: size.height, by: 4) {
            for x in stride(from: 0, to: size.width, by: 4) where occupied[y * size.width + x] != 0 {
                sum += SIMD2(Float(x), Float(y))
                count += 1
            }
        }
        middle = count > 0 ? sum / count : SIMD2(Float(size.width), Float(size.height)) / 2
    }

    /// The upper left corner for a box on a free place near the other parts; nil if there is none.
    ///
    /// - Parameter turn: 0 for the nearest place, other numbers for others, a box or more apart.
    func find(_ box: PixelBox, turn: Int) -> (x: Int, y: Int)? {
        let right = size.width - box.width
        let down = size.height - box.height
        guard right > 0, down > 0 else { return nil }
        var places: [(box: PixelBox, distance: Float)] = []
        for step in 0..<(Self.steps * Self.steps) {
            let place = PixelBox(
                x: (step % Self.steps) * right / (Self.steps - 1), y: (step / Self.steps) * down / (Self.steps - 1),
                width: box.width, height: box.height)
            guard isFree(place) else { continue }
            let centre = SIMD2(Float(place.x) + Float(box.width) / 2, Float(place.y) + Float(box.height) / 2)
            let offset = centre - middle
            places.append((place, (offset * offset).sum()))
        }
        places.sort { $0.distance < $1.distance }
        var apart: [PixelBox] = []
        for (place, _) in places where apart.allSatisfy({ $0.intersection(place).area == 0 }) {
            apart.append(place)
            if apart.count > turn { break }
        }
        guard !apart.isEmpty else { return nil }
        let chosen = apart[turn % apart.count]
        return (chosen.x, chosen.y)
    }

    private func isFree(_ box: PixelBox) -> Bool {
        let step = max(1, min(box.width, box.height) / 16)
        for y in stride(from: box.y, to: box.maxY, by: step) {
            for x in stride(from: box.x, to: box.maxX, by: step) where occupied[y * size.width + x] != 0 {
                return false
            }
        }
        return true
    }
}
