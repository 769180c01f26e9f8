internal import Assessment
internal import Composition
internal import Foundation
internal import Imaging
internal import SupportSets

/// Draws the pictures of sets with their objects.
struct SetPictures {
    private let folder: String
    private let overlay = Overlay()

    init(folder: String) throws {
        self.folder = folder
        try ResultFile.makeFolder(folder)
    }

    /// Each picture of one set.
    func write(_ given: GivenSet) throws {
        for index in given.set.logical.images.indices {
            let all = Set(given.set.logical.images[index].objects.indices)
            let drawn = try draw(given, image: index, standingOut: all)
            try write(drawn, name: given.set.logical.images[index].name)
        }
    }

    /// Each picture of both sets beside the one of the other that is most like it; objects that the other set does not
    /// know stand out, and so do places that it judges.
    ///
    /// - Parameter comparison: nil where the objects cannot be compared.
    func write(_ first: GivenSet, _ second: GivenSet, _ comparison: SetComparison?) throws {
        let alone = (
            Self.places(in: comparison?.onlyFirst ?? []), Self.places(in: comparison?.onlySecond ?? [])
        )
        let partners = first.set.logical.images.map { Self.nearest(to: $0, in: second.set.logical) }
        var pairs = partners.enumerated().map { (first: $0, second: $1) }
        for (index, image) in second.set.logical.images.enumerated() where !partners.contains(index) {
            pairs.append((first: Self.nearest(to: image, in: first.set.logical), second: index))
        }
        for (number, pair) in pairs.enumerated() {
            let left = try draw(
                first, image: pair.first, standingOut: alone.0[pair.first] ?? [],
                ignoring: Self.ignored(in: first, andNotIn: second), prefix: "A  ")
            let right = try draw(
                second, image: pair.second, standingOut: alone.1[pair.second] ?? [],
                ignoring: Self.ignored(in: second, andNotIn: first), prefix: "B  ")
            try write(left.beside(right), name: String(format: "%03d.png", number + 1))
        }
    }

    private func draw(
        _ given: GivenSet, image index: Int, standingOut: Set<Int>, ignoring: [PixelBox] = [], prefix: String = ""
    ) throws -> Image {
        let support = given.set.logical.images[index]
        let picture = try Pictures.read(given.folder + "/images/" + support.name).image
        var marks: [OverlayMark] = []
        for (number, object) in support.objects.enumerated() {
            let label = object.label ?? ObjectLabel(id: "\(number + 1)")
            let mask = object.object.mask.scaled(to: picture.size)
            let isOut = standingOut.contains(number)
            marks.append(
                OverlayMark(
                    box: mask.box, mask: mask,
                    label: isOut ? label.name.map { "\(label.id) \($0)" } ?? label.id : "",
                    colour: isOut ? .amber : .grey))
        }
        for place in ignoring {
            let box = place.scaled(from: given.set.manifest.preprocessing.imageSize, to: picture.size)
            marks.append(OverlayMark(box: box, mask: nil, label: "not judged", colour: .amber))
        }
        let count = standingOut.count
        let objects = prefix.isEmpty ? "\(support.objects.count) objects" : "\(count) only here"
        let banner = OverlayBanner(
            text: "\(prefix)\(support.name)  \(objects)", colour: prefix.isEmpty || count == 0 ? .grey : .amber)
        return overlay.draw(marks: marks, banner: banner, on: picture).image
    }

    private func write(_ image: Image, name: String) throws {
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let path = folder + "/" + stem + ".png"
        do {
            try ResultFile.write(try image.png(), to: path)
        } catch let error as ImagingError {
            throw CommandFailure.badInput("\(path): \(error)")
        }
    }

    private static func ignored(in given: GivenSet, andNotIn other: GivenSet) -> [PixelBox] {
        let others = other.set.manifest.ignored ?? []
        return (given.set.manifest.ignored ?? []).filter { !others.contains($0) }
    }

    /// For each image the objects of some kinds.
    private static func places(in kinds: [SetComparison.Kind]) -> [Int: Set<Int>] {
        var places: [Int: Set<Int>] = [:]
        for place in kinds.flatMap(\.places) { places[place.image, default: []].insert(place.object) }
        return places
    }

    /// The image whose mean feature differs least; the first where features cannot be compared.
    private static func nearest(to image: SupportImage, in bank: LogicalBank) -> Int {
        func distance(_ other: SupportImage) -> Float {
            zip(image.meanFeature, other.meanFeature).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return bank.images.indices.min { distance(bank.images[$0]) < distance(bank.images[$1]) } ?? 0
    }
}

extension Image {
    /// This picture with another to its right, brought to its height.
    fileprivate func beside(_ other: Image) -> Image {
        let right = other.resized(
            to: PixelSize(width: max(1, other.width * height / other.height), height: height))
        let gap = [UInt8](repeating: 0, count: 3 * 8)
        var joined: [UInt8] = []
        joined.reserveCapacity((pixels.count + right.pixels.count) + gap.count * height)
        for y in 0..<height {
            joined += self.row(y)
            joined += gap
            joined += right.row(y)
        }
        return Image(width: width + gap.count / 3 + right.width, height: height, pixels: joined)
    }

    private func row(_ y: Int) -> ArraySlice<UInt8> {
        let start = y * width * 3
        return pixels[start..<start + width * 3]
    }
}
