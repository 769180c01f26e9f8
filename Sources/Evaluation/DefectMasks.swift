internal import Imaging

/// The defective pixels of one image on the grid that pixels are scored on.
struct DefectMasks {
    /// One file's pixels, as places on the grid, row by row, with how many of them are enough.
    struct Defect {
        let places: [Int]
        let saturation: Double
    }

    /// The longer side of the grid: maps carry no more detail, and data sets have half a billion pixels.
    static let longSide = 512

    let grid: PixelSize
    let alternatives: [[Defect]]

    /// All defective pixels: 1, else 0.
    let union: [UInt8]

    /// The grid for images of a size: never larger than they are.
    static func grid(for size: PixelSize) -> PixelSize {
        let long = max(size.width, size.height)
        guard long > longSide else { return size }
        func scaled(_ side: Int) -> Int { max(1, (side * longSide + long / 2) / long) }
        return PixelSize(width: scaled(size.width), height: scaled(size.height))
    }

    /// A good image's masks: none.
    init(cleanOf size: PixelSize) {
        grid = Self.grid(for: size)
        alternatives = []
        union = [UInt8](repeating: 0, count: grid.pixelCount)
    }

    /// Reads the masks of an image of a size.
    init(reading truths: [[DefectFile]], for size: PixelSize) throws(EvaluationError) {
        let grid = Self.grid(for: size)
        var union = [UInt8](repeating: 0, count: grid.pixelCount)
        var alternatives: [[Defect]] = []
        for files in truths {
            var defects: [Defect] = []
            for file in files {
                let (mask, area) = try Self.mask(file.path, for: size)
                let scaled = mask.scaled(to: grid).bitmap
                let places = scaled.indices.filter { scaled[$0] != 0 }
                guard !places.isEmpty else { continue }
                for place in places { union[place] = 1 }
                let enough: Double
                switch file.saturation {
                case .whole: enough = Double(places.count)
                case .share(let share): enough = share * Double(places.count)
                case .pixels(let pixels): enough = pixels * Double(places.count) / Double(area)
                }
                defects.append(Defect(places: places, saturation: max(1, min(enough, Double(places.count)))))
            }
            if !defects.isEmpty { alternatives.append(defects) }
        }
        self.grid = grid
        self.alternatives = alternatives
        self.union = union
    }

    /// Every pixel that is not black, with the area before any scaling.
    private static func mask(_ path: String, for size: PixelSize) throws(EvaluationError) -> (Mask, area: Int) {
        let picture: Image
        do {
            picture = try Image(contentsOf: path)
        } catch {
            throw .damaged(path: path, problem: "\(error)")
        }
        let mask = Mask(grid: picture.size) { x, y in
            let start = 3 * (y * picture.width + x)
            return picture.pixels[start] != 0 || picture.pixels[start + 1] != 0 || picture.pixels[start + 2] != 0
        }
        return (mask, mask.area)
    }
}
