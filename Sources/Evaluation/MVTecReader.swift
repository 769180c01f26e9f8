/// MVTec AD: `test/DEFECT/NNN.png` with `ground_truth/DEFECT/NNN_mask.png`; every defect is structural.
enum MVTecReader {
    static func read(_ path: String) throws(EvaluationError) -> [Category] {
        var categories: [Category] = []
        for folder in try CategoryFolders.of(path) {
            var test: [Sample] = []
            for defect in try folder.inner("test").folders() {
                let isGood = defect == "good"
                for var sample in try CategoryFolders.samples(
                    in: folder, "test/\(defect)", type: isGood ? .good : .structural)
                {
                    if !isGood {
                        sample.subtype = defect
                        let stem = CategoryFolders.stem(sample.name)
                        let masks = folder.inner("ground_truth").inner(defect)
                        guard let mask = masks.first(of: ["\(stem)_mask.png", "\(stem).png"]) else {
                            throw .missing(
                                path: masks.file("\(stem)_mask.png"), expected: "every defective image has a mask")
                        }
                        sample.pixels = .alternatives([[DefectFile(path: mask)]])
                    }
                    test.append(sample)
                }
            }
            categories.append(Category(name: folder.name, train: try CategoryFolders.train(folder), test: test))
        }
        return categories
    }
}
