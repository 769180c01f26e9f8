package import Imaging

/// One thing that a person marked in a picture.
package struct AnnotatedObject: Equatable, Sendable {
    package enum Shape: Equatable, Sendable {
        /// In pixels of the picture; not empty and inside it.
        case box(PixelBox)

        /// On the picture's own grid; not empty.
        case mask(Mask)
    }

    /// The name of its class.
    package let name: String
    package let shape: Shape

    package init(name: String, shape: Shape) {
        self.name = name
        self.shape = shape
    }

    package var box: PixelBox {
        switch shape {
        case .box(let box): box
        case .mask(let mask): mask.box
        }
    }
}

/// Everything that a person marked in one picture; what is not marked is no object.
package struct AnnotatedPicture: Equatable, Sendable {
    /// Its file name, or as much of its path as was noted.
    package let file: String
    package let size: PixelSize
    package let objects: [AnnotatedObject]

    package init(file: String, size: PixelSize, objects: [AnnotatedObject]) {
        self.file = file
        self.size = size
        self.objects = objects
    }

    /// What is seen of it in a part of the picture; objects that lie mostly outside are left out.
    package func cropped(to region: PixelBox) -> AnnotatedPicture {
        let inner = PixelSize(width: region.width, height: region.height)
        let objects = objects.compactMap { object -> AnnotatedObject? in
            let visible = object.box.intersection(region)
            guard 2 * visible.area > object.box.area else { return nil }
            let box = PixelBox(
                x: visible.x - region.x, y: visible.y - region.y, width: visible.width, height: visible.height)
            guard case .mask(let mask) = object.shape else {
                return AnnotatedObject(name: object.name, shape: .box(box))
            }
            var bits: [UInt8] = []
            bits.reserveCapacity(visible.area)
            for y in visible.y..<visible.maxY {
                for x in visible.x..<visible.maxX { bits.append(mask.contains(x: x, y: y) ? 1 : 0) }
            }
            let part = Mask(grid: inner, box: box, bits: bits).tightened
            return 2 * part.area > mask.area ? AnnotatedObject(name: object.name, shape: .mask(part)) : nil
        }
        return AnnotatedPicture(file: file, size: inner, objects: objects)
    }
}
