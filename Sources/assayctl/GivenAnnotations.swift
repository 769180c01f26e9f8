internal import Annotations
internal import Enrolment
internal import Imaging
internal import SupportSets

/// What was marked in the pictures to enrol.
struct GivenAnnotations {
    /// One entry a picture, nil for one that nothing was marked in.
    let pictures: [AnnotatedPicture?]
    let bytes: [UInt8]

    /// - Parameters:
    ///   - sizes: of the pictures before a region is cut out of them.
    init(path: String, of pictures: [String], sizes: [PixelSize], region: RegionOption?) throws {
        do {
            let file = try AnnotationFile(contentsOf: path)
            var found: [AnnotatedPicture?] = []
            for (picture, size) in zip(pictures, sizes) {
                let annotation = try file.annotation(of: picture, size: size, file: path)
                found.append(try annotation.map { try region?.crop($0) ?? $0 })
            }
            let count = found.count { $0 != nil }
            guard count > 0 else {
                throw CommandFailure.badInput(
                    "\(path): says nothing of any of the pictures; do the file names agree?")
            }
            self.pictures = found
            bytes = try SupportSetFolder.read(path, upTo: 128 << 20)
        } catch let error as AnnotationError {
            throw CommandFailure.badInput(error.description)
        } catch let error as SupportSetError {
            throw CommandFailure.badInput(error.description)
        }
    }
}

extension RegionOption {
    /// What is seen of an annotated picture in this region.
    func crop(_ annotation: AnnotatedPicture) throws -> AnnotatedPicture { annotation.cropped(to: box) }
}

/// What was learnt of classes, for people.
struct ClassLines {
    let lines: [String]

    init(_ report: ClassReport) {
        var lines = ["  classes           \(report.names.joined(separator: ", "))"]
        lines.append("  annotated         \(report.annotatedCount) pictures")
        for (index, pass) in report.passes.enumerated() {
            lines.append("  pass \(index + 1)            \(pass.verified) of \(pass.of) other pictures verified")
        }
        if let accuracy = report.accuracy {
            let percent = (1000 * accuracy).rounded() / 10
            lines.append("  class accuracy    \(percent) % (each annotated picture by what the others teach)")
            lines += Self.confusion(report)
        } else {
            lines.append("  class accuracy    not known: it takes two annotated pictures or more")
        }
        for name in report.leftOut {
            lines.append("  left out          \(name): its objects do not add up to those of an annotated picture")
        }
        self.lines = lines
    }

    /// One row a true class, one column a class found.
    private static func confusion(_ report: ClassReport) -> [String] {
        let titles = report.names + ["not found"]
        let width = min(16, titles.map(\.count).max() ?? 0)
        func cell(_ text: String) -> String {
            let cut = String(text.prefix(width))
            return String(repeating: " ", count: width - cut.count) + cut
        }
        var lines = ["    " + cell("") + " " + titles.map(cell).joined(separator: " ")]
        for (row, counts) in report.confusion.enumerated() {
            let title = row < report.names.count ? report.names[row] : "no object"
            // A thing that is no object cannot be missed.
            let shown = counts.enumerated().map { column, count in
                row == report.names.count && column == report.names.count ? "" : "\(count)"
            }
            lines.append("    " + cell(title) + " " + shown.map(cell).joined(separator: " "))
        }
        return lines
    }
}
