internal import Enrolment
internal import Foundation
internal import Imaging
internal import InferenceRuntime
internal import SupportSets

/// Twenty shapes of many colours on a grained tray, drawn in 512×512 pixels; a variant moves them by a pixel or two.
struct DrawnTray {
    private static let side = 512

    /// - Parameter isWhole: else one shape is missing and one has another colour.
    func image(variant: Int, isWhole: Bool = true) -> Image {
        var numbers = SampleNumbers(seed: UInt64(variant) + 77)
        var pixels = [UInt8](repeating: 0, count: 3 * Self.side * Self.side)
        for index in 0..<Self.side * Self.side {
            let grain = Int(8 * numbers.next())
            for channel in 0..<3 { pixels[3 * index + channel] = UInt8(150 + grain + 4 * channel) }
        }
        for shape in 0..<20 where isWhole || shape != 7 {
            let x = 60 + 98 * Double(shape % 5) + 4 * Double(numbers.next()) - 2
            let y = 66 + 125 * Double(shape / 5) + 4 * Double(numbers.next()) - 2
            let colour = isWhole || shape != 12 ? shape : shape + 3
            draw(shape, x: x, y: y, colour: colour, into: &pixels)
        }
        return Image(width: Self.side, height: Self.side, pixels: pixels)
    }

    private func draw(_ shape: Int, x: Double, y: Double, colour: Int, into pixels: inout [UInt8]) {
        let (halfWidth, halfHeight) = (16.0 + Double(shape * 7 % 20), 16.0 + Double(shape * 11 % 24))
        for row in Int(y - halfHeight)...Int(y + halfHeight) {
            for column in Int(x - halfWidth)...Int(x + halfWidth) {
                let across = (Double(column) - x) / halfWidth
                let down = (Double(row) - y) / halfHeight
                guard shape % 3 == 0 || across * across + down * down <= 1 else { continue }
                // A little shading makes it a thing and not a hole.
                let light = 0.75 + 0.25 * (1 - abs(across)) - 0.1 * down
                let start = 3 * (row * Self.side + column)
                for channel in 0..<3 {
                    let paint = Double((colour * 67 + channel * 89 * (1 + colour % 4)) % 200 + 20)
                    pixels[start + channel] = UInt8(min(255, max(0, paint * light)))
                }
            }
        }
    }

    /// A support set of pictures of the tray, whose folder is gone: the bank stays mapped.
    func enrolled(_ images: [Image], with model: BundleModel) throws -> SupportSet {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-tray-\(getpid())")
        let pictures = images.enumerated().map { index, image in
            SupportPicture(name: "good-\(index)", bytes: [], image: image)
        }
        let set = try Enroller(model: model, segmenterLongSide: model.segmenterLongSide).enrol(
            pictures, name: "tray", version: "1", into: folder.path, replacing: true
        ) { _ in }
        try FileManager.default.removeItem(at: folder)
        return set
    }
}

extension SupportSet {
    /// The same set, whose product lies aligned or anywhere.
    func searched(isAligned: Bool) -> SupportSet {
        var manifest = manifest
        manifest.structure.isAligned = isAligned
        return SupportSet(
            identity: identity, manifest: manifest, logical: logical, structural: structural, classes: classes)
    }
}
