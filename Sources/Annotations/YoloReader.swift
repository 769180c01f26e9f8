internal import Foundation
internal import Imaging

/// YOLO's text files, one a picture: a class number, then a box (centre and size) or a polygon, as parts of the picture.
struct YoloReader {
    private let folder: String
    private let names: [String]

    /// - Parameter names: a file with one class a line, or a `data.yaml` with its `names`.
    init(folder: String, names path: String) throws(AnnotationError) {
        self.folder = folder
        let text = String(decoding: try AnnotationSource.content(of: path), as: UTF8.self)
        let names = Self.names(in: text)
        guard !names.isEmpty, names.count <= AnnotationLimits.classes else {
            throw AnnotationError(path: path, problem: "does not name 1 to \(AnnotationLimits.classes) classes")
        }
        for name in names {
            if let problem = AnnotationLimits.problem(withName: name) {
                throw AnnotationError(path: path, problem: problem)
            }
        }
        self.names = names
    }

    func read(_ picture: PictureToAnnotate) throws(AnnotationError) -> AnnotatedPicture? {
        let path = folder + "/" + picture.stem + ".txt"
        guard AnnotationSource.exists(path) else { return nil }
        let text = String(decoding: try AnnotationSource.content(of: path), as: UTF8.self)
        var objects: [AnnotatedObject] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard !words.isEmpty else { continue }
            let reader = ShapeReader(path: path, subject: "line \(index + 1)", size: picture.size)
            guard objects.count < AnnotationLimits.objectsOfPicture else {
                throw reader.refuse("is beyond the \(AnnotationLimits.objectsOfPicture) objects that are read")
            }
            guard let number = Int(words[0]), names.indices.contains(number) else {
                throw reader.refuse(
                    "has the class \(words[0].prefix(20)), but there are the classes 0 to \(names.count - 1)")
            }
            var values: [Double] = []
            for word in words.dropFirst() {
                guard let value = Double(word), value.isFinite, abs(value) <= 10 else {
                    throw reader.refuse("has a number that is no part of the picture, 0 to 1")
                }
                values.append(value)
            }
            objects.append(AnnotatedObject(name: names[number], shape: try Self.shape(values, with: reader)))
        }
        return AnnotatedPicture(file: picture.name, size: picture.size, objects: objects)
    }

    private static func shape(
        _ values: [Double], with reader: ShapeReader
    ) throws(AnnotationError) -> AnnotatedObject.Shape {
        let width = Double(reader.size.width)
        let height = Double(reader.size.height)
        if values.count == 4 {
            return try reader.box(
                left: (values[0] - values[2] / 2) * width, top: (values[1] - values[3] / 2) * height,
                right: (values[0] + values[2] / 2) * width, bottom: (values[1] + values[3] / 2) * height)
        }
        guard values.count >= 6, values.count.isMultiple(of: 2) else {
            throw reader.refuse("is neither a box of 4 numbers nor a polygon of 6 or more")
        }
        return try reader.polygon([
            stride(from: 0, to: values.count, by: 2).map {
                PixelPoint(x: values[$0] * width, y: values[$0 + 1] * height)
            }
        ])
    }

    /// One name a line, or what stands under `names:` as a list or numbered.
    private static func names(in text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? line.dropLast() : line
        }
        guard let start = lines.firstIndex(where: { $0.hasPrefix("names:") }) else {
            var names = lines.map(trimmed)
            while names.last?.isEmpty == true { names.removeLast() }
            return names
        }
        let rest = trimmed(lines[start].dropFirst("names:".count))
        if rest.hasPrefix("["), rest.hasSuffix("]") {
            return rest.dropFirst().dropLast().split(separator: ",").map { unquoted(trimmed($0)) }
        }
        var names: [String] = []
        for line in lines[(start + 1)...] {
            let text = trimmed(line)
            if text.isEmpty || text.hasPrefix("#") { continue }
            if text.hasPrefix("- ") {
                names.append(unquoted(trimmed(text.dropFirst(2))))
            } else if line.first?.isWhitespace == true, let colon = text.firstIndex(of: ":"),
                Int(text[..<colon]) == names.count
            {
                names.append(unquoted(trimmed(text[text.index(after: colon)...])))
            } else {
                break
            }
        }
        return names
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.trimmingCharacters(in: .whitespaces)
    }

    private static func unquoted(_ text: String) -> String {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }
}
