package import Imaging
package import Inference

extension RegionMeasurement {
    /// What is measured of the pixels of a mask, as of a node with the same pixels; nil for an empty mask.
    ///
    /// - Parameters:
    ///   - features: the smoothed feature grid of the same image.
    ///   - picture: the same image on the mask's grid.
    package static func descriptor(
        of mask: Mask, features grid: FeatureGrid, picture: Image, objectness: Float = 1
    ) -> ObjectDescriptor? {
        precondition(picture.size == mask.grid)
        let mask = mask.tightened
        guard mask.area > 0, let colours = colours(of: picture, in: mask.box) else { return nil }
        let size = mask.grid
        let box = mask.box
        var sums = PixelSums()
        var counts = [Int](repeating: 0, count: grid.cellCount)
        for y in 0..<box.height {
            let cellRow = (2 * (box.y + y) + 1) * grid.height / (2 * size.height) * grid.width
            for x in 0..<box.width where mask.bits[y * box.width + x] != 0 {
                let pixel = y * box.width + x
                sums.add(
                    x: Double(box.x + x), y: Double(box.y + y), colours.lightness[pixel], colours.greenRed[pixel],
                    colours.blueYellow[pixel])
                counts[cellRow + (2 * (box.x + x) + 1) * grid.width / (2 * size.width)] += 1
            }
        }
        var mean = [Float](repeating: 0, count: grid.channelCount)
        for (cell, count) in counts.enumerated() where count > 0 {
            let share = Float(count) / Float(mask.area)
            for channel in mean.indices { mean[channel] += share * grid.values[cell * grid.channelCount + channel] }
        }
        return sums.descriptor(
            representation: mean, scale: 1 / Float(max(size.width, size.height)), pixelCount: Float(size.pixelCount),
            objectness: objectness)
    }

    private static func colours(of picture: Image, in box: PixelBox) -> LabImage? {
        do {
            return LabImage(try picture.cropped(to: box))
        } catch {
            return nil
        }
    }
}
