internal import Imaging

/// LOCO's folders with one merged mask an image (`ground_truth/TYPE/NNN/000.png`) and what every image shows
/// (`annotations/SPLIT/TYPE/NNN.json`). Masks and annotations may be left out.
enum AssayReader {
    static func read(_ path: String) throws(EvaluationError) -> [Category] {
        var categories: [Category] = []
        for folder in try CategoryFolders.of(path) {
            let areas = try SceneAnnotation.meanAreas(in: folder.inner("annotations").inner("train").inner("good"))
            var test: [Sample] = []
            for name in try folder.inner("test").folders() {
                // Folders of other names hold defects of that name.
                let type = LocoReader.type(of: name) ?? .structural
                for var sample in try CategoryFolders.samples(in: folder, "test/\(name)", type: type) {
                    addObjects(to: &sample, folder: folder, place: "test/\(name)")
                    if type != .good { try addTruth(to: &sample, folder: folder, name: name, areas: areas) }
                    test.append(sample)
                }
            }
            var train = try CategoryFolders.train(folder)
            for index in train.indices { addObjects(to: &train[index], folder: folder, place: "train/good") }
            categories.append(Category(name: folder.name, train: train, test: test))
        }
        return categories
    }

    private static func addObjects(to sample: inout Sample, folder: Folder, place: String) {
        let annotations = folder.inner("annotations").inner(place)
        if let path = annotations.first(of: ["\(CategoryFolders.stem(sample.name)).json"]) {
            sample.objects = .annotated(path: path)
        }
    }

    private static func addTruth(
        to sample: inout Sample, folder: Folder, name: String, areas: [String: Double]
    ) throws(EvaluationError) {
        let stem = CategoryFolders.stem(sample.name)
        if LocoReader.type(of: name) == nil { sample.subtype = name }
        var saturation = Saturation.whole
        let annotations = folder.inner("annotations").inner("test").inner(name)
        if let path = annotations.first(of: ["\(stem).json"]) {
            let annotation = try SceneAnnotation(reading: path)
            sample.subtype = annotation.subtype ?? sample.subtype
            sample.anomalies = try annotation.anomalies(path: path)
            if let enough = annotation.saturation(areas: areas) { saturation = .pixels(enough) }
        }
        let truth = folder.inner("ground_truth").inner(name)
        let masks = truth.inner(stem)
        if masks.exists {
            let files = try masks.pictures().map { DefectFile(path: masks.file($0), saturation: saturation) }
            if !files.isEmpty { sample.pixels = .alternatives([files]) }
        } else if let mask = truth.first(of: ["\(stem).png", "\(stem)_mask.png"]) {
            sample.pixels = .alternatives([[DefectFile(path: mask, saturation: saturation)]])
        }
    }
}
