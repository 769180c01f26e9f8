internal import Foundation
internal import Imaging

/// The images of a category in which most is wrong, with what was found and what is there.
struct ObjectPictures {
    let html: String

    /// Pictures of each sort.
    private static let mostPictures = 6

    private static let truthColour = OverlayColour(red: 255, green: 0, blue: 220)

    /// One image of one draw.
    private struct Case {
        let picture: ObjectDraw.Picture
        let seed: Int
    }

    /// - Parameter category: where truths are read from; nil if they are not at hand.
    init(of draws: [ObjectDraw], category: Category?) {
        let samples = Dictionary((category?.test ?? []).map { ($0.name, $0) }) { first, _ in first }
        // Only some images have kept the masks of their detections.
        let cases = draws.flatMap { draw in
            draw.pictures.filter(\.isShown).map { Case(picture: $0, seed: draw.seed) }
        }.sorted { $0.picture.faultCount > $1.picture.faultCount }
        var text = ""
        for isGood in [true, false] {
            var seen: Set<String> = []
            let chosen = cases.filter {
                ($0.picture.type == .good) == isGood && seen.insert($0.picture.name).inserted
            }.prefix(Self.mostPictures)
            guard !chosen.isEmpty else { continue }
            text += "<h3>\(isGood ? "Good images with most faults" : "Other images with most faults")</h3>\n"
            text += "<div class=\"pictures\">\n"
            for item in chosen { text += Self.figure(item, truth: samples[item.picture.name]) }
            text += "</div>\n"
        }
        html = text
    }

    private static func figure(_ item: Case, truth: Sample?) -> String {
        let picture = item.picture
        var words = "<b>\(HTML.text(picture.name))</b>, draw \(item.seed + 1): "
        words += "\(picture.after.detections.count) found, \(picture.objectCount) there"
        let fates = zip(picture.classes ?? [], picture.after.fates).filter { $1 != .found }
        for (name, fate) in fates.prefix(6) { words += "<br>– \(HTML.text(name)) \(fate.words)" }
        if fates.count > 6 { words += "<br>and \(fates.count - 6) more" }
        return ReportPage.figure(name: picture.name, words: words) { try drawn(picture, truth: truth) }
    }

    private static func drawn(_ picture: ObjectDraw.Picture, truth: Sample?) throws -> Image {
        let original = try Image(contentsOf: picture.path)
        let size = ReportPage.size(of: original.size)
        var marks = try (truth.flatMap { try TrueObject.all(of: $0) } ?? []).map { object in
            let mask = object.mask.scaled(to: size)
            return OverlayMark(box: mask.box, mask: mask, label: "", colour: truthColour)
        }
        for detection in picture.after.detections {
            guard let runs = detection.mask else { continue }
            let mask = try Mask(runLength: runs).scaled(to: size)
            marks.append(
                OverlayMark(
                    box: mask.box, mask: mask, label: "",
                    colour: detection.match == nil && picture.classes != nil ? .amber : .blue))
        }
        return Overlay().draw(marks: marks, on: original.resized(to: size)).image
    }
}
