internal import Foundation

/// `labels.json`: what the objects of a set's images are known by.
package struct ObjectLabels: Codable, Equatable {
    static let fileName = "labels.json"
    private static let schema = "assay.labels/1"
    private static let mostBytes = 4 << 20

    private var schema: String

    /// For each image's name one label for each object of the logical bank, in its order.
    private var images: [String: [ObjectLabel]]

    init(of bank: LogicalBank) {
        schema = Self.schema
        images = [:]
        for image in bank.images where image.objects.contains(where: { $0.label != nil }) {
            images[image.name] = image.objects.enumerated().map { index, object in
                object.label ?? ObjectLabel(id: "\(index + 1)")
            }
        }
    }

    var isEmpty: Bool { images.isEmpty }

    /// Reads a file and refuses whatever no enrolment writes.
    package init(contentsOf path: String) throws(SupportSetError) {
        let content = try SupportSetFolder.read(path, upTo: Self.mostBytes)
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(content))
        } catch {
            throw .damaged(path: path, problem: "it cannot be understood (\(SupportSetFolder.text(of: error)))")
        }
        guard schema == Self.schema else { throw .unknownSchema(path: path, found: schema) }
        for (image, labels) in images {
            for label in labels {
                for text in [label.id, label.name ?? label.id] {
                    if let problem = ObjectLabel.problem(with: text) {
                        throw .damaged(path: path, problem: "a name in \(image) \(problem)")
                    }
                }
            }
        }
        self.path = path
    }

    /// Where it was read, for messages.
    private var path = ""

    /// Gives the bank's objects their labels.
    func name(_ bank: inout LogicalBank) throws(SupportSetError) {
        let names = Set(bank.images.map(\.name))
        if let foreign = images.keys.sorted().first(where: { !names.contains($0) }) {
            throw .damaged(path: path, problem: "it names objects of \(foreign), which is none of the set's images")
        }
        for image in bank.images.indices {
            guard let labels = images[bank.images[image].name] else { continue }
            guard labels.count == bank.images[image].objects.count else {
                throw .damaged(
                    path: path,
                    problem: "it names another number of objects in \(bank.images[image].name) than there are")
            }
            for (object, label) in labels.enumerated() { bank.images[image].objects[object].label = label }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case schema, images
    }

    var fileContent: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(self)) + [0x0A]
        } catch {
            preconditionFailure("texts are always JSON: \(error)")
        }
    }
}
