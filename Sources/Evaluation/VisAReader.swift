/// VisA as published: `split_csv/1cls.csv` with the columns object, split, label, image and mask; every defect is
/// structural, and mask values above 0 are defects.
enum VisAReader {
    static func read(_ path: String) throws(EvaluationError) -> [Category] {
        let root = Folder(path: path)
        let table = try CSVTable(reading: root.inner("split_csv").file("1cls.csv"))
        try table.require(["object", "split", "label", "image"])
        var train: [String: [Sample]] = [:]
        var test: [String: [Sample]] = [:]
        for row in table.rows {
            let object = try row.value("object")
            let image = try row.value("image")
            let isGood: Bool
            switch try row.value("label") {
            case "normal": isGood = true
            case "anomaly": isGood = false
            case let other: throw row.problem("the label is \(other), not normal or anomaly")
            }
            var sample = Sample(
                name: image, path: root.file(image), type: isGood ? .good : .structural,
                pixels: isGood ? .clean : .unknown, anomalies: isGood ? [] : nil)
            if !isGood, let mask = row.optional("mask") {
                sample.pixels = .alternatives([[DefectFile(path: root.file(mask))]])
            }
            switch try row.value("split") {
            case "train" where isGood: train[object, default: []].append(sample)
            case "test": test[object, default: []].append(sample)
            case "train": throw row.problem("a defective image is in the training split")
            case let other: throw row.problem("the split is \(other), not train or test")
            }
        }
        return Set(train.keys).union(test.keys).map { name in
            Category(name: name, train: train[name] ?? [], test: test[name] ?? [])
        }
    }
}
