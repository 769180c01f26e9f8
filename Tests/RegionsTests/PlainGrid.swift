import Imaging
import Regions

/// The slow and obvious ways to walk a grid, for comparison.
struct PlainGrid {
    let size: PixelSize

    func fourNeighbours(_ pixel: Int) -> [Int] {
        let (x, y) = (pixel % size.width, pixel / size.width)
        return [(x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1)].compactMap { index(x: $0.0, y: $0.1) }
    }

    func eightNeighbours(_ pixel: Int) -> [Int] {
        let (x, y) = (pixel % size.width, pixel / size.width)
        return (-1...1).flatMap { down in
            (-1...1).compactMap { right in
                right == 0 && down == 0 ? nil : index(x: x + right, y: y + down)
            }
        }
    }

    private func index(x: Int, y: Int) -> Int? {
        x >= 0 && y >= 0 && x < size.width && y < size.height ? y * size.width + x : nil
    }

    func isOnEdge(_ pixel: Int) -> Bool {
        eightNeighbours(pixel).count < 8
    }

    /// The four-connected components of the pixels for which `holds` is true.
    func components(of pixels: [Int], where holds: (Int) -> Bool) -> [[Int]] {
        var unseen = Set(pixels.filter(holds))
        var components: [[Int]] = []
        for start in pixels where unseen.contains(start) {
            var component = [start]
            unseen.remove(start)
            var next = 0
            while next < component.count {
                for neighbour in fourNeighbours(component[next]) where unseen.remove(neighbour) != nil {
                    component.append(neighbour)
                }
                next += 1
            }
            components.append(component)
        }
        return components
    }

    /// A padded map without its frame.
    func unpadded<Value>(_ map: [Value]) -> [Value] {
        let grid = PaddedGrid(size)
        return (0..<size.pixelCount).map { map[grid.index(x: $0 % size.width, y: $0 / size.width)] }
    }

    /// The labels numbered in the order in which they are met, so that equal partitions compare equal.
    static func renumbered(_ labels: [Int]) -> [Int] {
        var names: [Int: Int] = [0: 0]
        return labels.map { label in
            let name = names[label] ?? names.count
            names[label] = name
            return name
        }
    }
}
