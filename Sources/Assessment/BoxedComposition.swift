internal import Composition
internal import Imaging
internal import Inference
internal import SupportSets

/// Compositions whose objects are their bounding boxes: what ObjectCore is without masks (its Table 3).
enum BoxedComposition {
    /// A scene's objects as boxes on its own features.
    static func of(_ composition: Composition, in features: FeatureGrid) -> Composition {
        let channels = features.channelCount
        return boxed(composition, cells: PixelSize(width: features.width, height: features.height)) { cell, sums in
            let row = features.values[(cell * channels)..<((cell + 1) * channels)]
            // The bank's rows have length 1, and so must these.
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { return }
            for (channel, value) in row.enumerated() { sums[channel] += value / length }
        }
    }

    /// A support image's objects as boxes on the patches that the bank has of it.
    static func of(_ composition: Composition, image: Int, in bank: StructuralBank) -> Composition {
        let first = image * bank.gridHeight * bank.gridWidth
        let channels = bank.channelCount
        return unsafe bank.rows.withElements { elements in
            boxed(composition, cells: PixelSize(width: bank.gridWidth, height: bank.gridHeight)) { cell, sums in
                for channel in 0..<channels { unsafe sums[channel] += elements[(first + cell) * channels + channel] }
            }
        }
    }

    private static func boxed(
        _ composition: Composition, cells: PixelSize, add: (_ cell: Int, _ sums: inout [Float]) -> Void
    ) -> Composition {
        var result = composition
        for index in result.objects.indices {
            let mask = result.objects[index].mask
            let box = mask.box.scaled(from: mask.grid, to: cells)
            var sums = [Float](repeating: 0, count: composition.meanFeature.count)
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX { add(y * cells.width + x, &sums) }
            }
            let share = 1 / Float(max(box.area, 1))
            result.objects[index].mask = Mask(
                grid: mask.grid, box: mask.box, bits: [UInt8](repeating: 1, count: mask.box.area))
            result.objects[index].descriptor.representation = sums.map { $0 * share }
            result.objects[index].descriptor.area = Float(mask.box.area) / Float(mask.grid.pixelCount)
        }
        return result
    }
}
