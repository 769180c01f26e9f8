internal import Composition
internal import Enrolment
internal import Foundation
internal import Imaging
internal import Settings
internal import SupportSets

/// Draws what was found in the good pictures, each object with its id, and writes a file to correct it with.
struct ShownObjects {
    private let folder: String
    private let overlay = Overlay()

    init(folder: String) throws {
        self.folder = folder
        try ResultFile.makeFolder(folder)
    }

    /// - Parameters:
    ///   - pictures: in the order of the set's images.
    ///   - isCorrected: the objects are not what was found alone, so no file for corrections is begun.
    func write(_ found: FoundObjects, of pictures: [SupportPicture], isCorrected: Bool) throws {
        for (index, picture) in pictures.enumerated() {
            let path = folder + "/" + Self.stem(of: found.bank.images[index].name) + ".png"
            let drawn = draw(found, image: index, on: picture.image)
            do {
                try ResultFile.write(try drawn.png(), to: path)
            } catch let error as ImagingError {
                throw CommandFailure.badInput("\(path): \(error)")
            }
        }
        guard !isCorrected else { return }
        let path = folder + "/" + ObjectsFile.fileName
        guard !FileManager.default.fileExists(atPath: path) else {
            StandardError.write("assayctl: \(path) is kept as it is")
            return
        }
        try ResultFile.write(Array(Self.form(for: found, of: pictures).utf8), to: path)
    }

    private func draw(_ found: FoundObjects, image index: Int, on picture: Image) -> Image {
        let image = found.bank.images[index]
        let colours: [OverlayColour] = [.amber, .blue, .green, .red, .white]
        var marks: [OverlayMark] = []
        for (number, object) in image.objects.enumerated() {
            let label = object.label ?? ObjectLabel(id: "\(number + 1)")
            let mask = object.object.mask.scaled(to: picture.size)
            marks.append(
                OverlayMark(
                    box: mask.box, mask: mask, label: label.name.map { "\(label.id) \($0)" } ?? label.id,
                    colour: colours[number % colours.count]))
        }
        for dropped in found.settled.images[image.name]?.clutter ?? [] {
            marks.append(
                OverlayMark(
                    box: dropped.mask.box.scaled(from: dropped.mask.grid, to: picture.size), style: .dashed,
                    label: "\(dropped.label.id) dropped", colour: .grey))
        }
        let count = image.objects.count == 1 ? "1 object" : "\(image.objects.count) objects"
        let banner = OverlayBanner(text: "\(image.name)  \(count)", colour: .grey)
        return overlay.draw(marks: marks, banner: banner, on: picture).image
    }

    /// An `objects.yaml` that corrects nothing yet, with what may be written.
    private static func form(for found: FoundObjects, of pictures: [SupportPicture]) -> String {
        var text = """
            # What was found in the good pictures, with the ids drawn beside this file. Correct what is wrong, then enrol the
            # same pictures again with --objects and this file. A correction is looked for in the other pictures too.
            #
            #   merge: [[3, 4]]                         these are one object
            #   split: {8: 2}                           this one is two, parted at the strongest border inside it
            #   split: {8: [[120, 80], [140, 82]]}      or round points, in pixels of the picture
            #   drop: [9]                               this is no object
            #   keep: [5]                               right as it is, whatever another picture says
            #   names: {1: long bolt, 3+4: clip}        what findings call it
            #
            # ignore: [[0, 400, 120, 80]]               x, y, width, height that is judged in no picture
            pictures:

            """
        for (index, picture) in pictures.enumerated() {
            let name = picture.name.split(separator: "/").last.map(String.init) ?? picture.name
            let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            text += "  \"\(quoted)\":\n    found: \(found.bank.images[index].objects.count)\n"
        }
        return text
    }

    private static func stem(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}
