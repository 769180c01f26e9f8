internal import Annotations
internal import ArgumentParser
internal import Imaging

struct AnnotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate",
        abstract: "Import what was marked in pictures with a drawing tool.",
        discussion: """
            Reads boxes and masks with class names, checks them against the pictures and writes them to one plain file, \
            which assayctl enroll takes with --annotations. Everything that counts as an object must be marked in a \
            picture; pictures of which nothing is said are left out.

            Forms: coco (a JSON file of instances: boxes, polygons, run lengths), yolo (a folder of text files, boxes or \
            polygons, and the classes with --names), labelme (a folder of JSON files), assay (a folder of the data-set \
            layout of that name).

            Examples:
              assayctl annotate good/ --format coco --from instances.json --output annotations.json
              assayctl annotate good/ --format yolo --from labels/ --names data.yaml --output annotations.json
            """)

    @Argument(help: "The pictures that were annotated (PNG or JPEG), or folders of them.")
    var pictures: [String]

    @Option(help: "What the annotations were exported as: coco, yolo, labelme or assay.")
    var format: AnnotationFormat

    @Option(help: "The file (coco) or the folder (the others) of the annotations.")
    var from: String

    @Option(help: "For yolo: a file with one class name a line, or the data.yaml.")
    var names: String?

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    func run() throws {
        try ResultFile.check(output)
        let wanted = try Pictures.paths(from: pictures).map { path in
            PictureToAnnotate(path: path, size: try Pictures.read(path).image.size)
        }
        let annotated: [AnnotatedPicture?]
        do throws(AnnotationError) {
            annotated = try AnnotationImport.read(format, from: from, names: names, for: wanted)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let file = AnnotationFile(pictures: annotated.compactMap { $0 })
        guard !file.pictures.isEmpty else {
            throw CommandFailure.badInput(
                "\(from): says nothing of any of these \(wanted.count) pictures; do the file names agree?")
        }
        let files = file.pictures.map(\.file)
        if let double = Set(files).first(where: { name in files.count { $0 == name } > 1 }) {
            throw CommandFailure.badInput("two pictures are called \(double); annotate one folder at a time")
        }
        try ResultFile.write(file.fileContent, to: output)
        report(file, pictureCount: wanted.count)
    }

    private func report(_ file: AnnotationFile, pictureCount: Int) {
        let objects = file.pictures.flatMap(\.objects)
        print("\(output): \(objects.count) objects in \(file.pictures.count) of \(pictureCount) pictures")
        for name in file.classes {
            let counts = file.pictures.map { picture in picture.objects.count { $0.name == name } }
            let range = [counts.min(), counts.max()].compactMap { $0 }
            let each = range.first == range.last ? "\(range[0])" : "\(range[0]) to \(range[1])"
            print("  \(name): \(each) a picture")
        }
    }
}

extension AnnotationFormat: ExpressibleByArgument {}
