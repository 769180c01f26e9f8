/// A data set described by a table, for layouts that differ from one copy to the next.
///
/// `manifest.csv` (or any file given by name) has the columns
///
/// - `category`, `split` (`train` or `test`), `type` (`good`, `logical` or `structural`), `image`: required;
/// - `subtype`: what sort of defect;
/// - `truths`: masks of the defect, not black where it is. Several valid truths are separated by `|`, the files of one
///   of them by `+`;
/// - `kinds`: what is wrong (`missing`, `extra`, `wrong`, `moved`, `swapped`, `structural`), separated by `|`, where that
///   is known but not the place;
/// - `objects`: how many objects the image shows, or a file with them as the layout `assay` has it.
///
/// Paths are relative to the table's folder.
enum ManifestReader {
    private static let fileName = "manifest.csv"

    /// A table, or a folder that has one.
    static func isManifest(_ path: String) throws(EvaluationError) -> Bool {
        path.lowercased().hasSuffix(".csv") || Folder(path: path).first(of: [fileName]) != nil
    }

    static func read(_ path: String) throws(EvaluationError) -> [Category] {
        let file = Folder.isFolder(path) ? path + "/" + fileName : path
        let table = try CSVTable(reading: file)
        try table.require(["category", "split", "type", "image"])
        let slash = file.lastIndex(of: "/")
        let root = Folder(path: slash.map { String(file[..<$0]) } ?? ".")
        var train: [String: [Sample]] = [:]
        var test: [String: [Sample]] = [:]
        for row in table.rows {
            let category = try row.value("category")
            let sample = try sample(row, in: root)
            switch try row.value("split") {
            case "train" where sample.type == .good: train[category, default: []].append(sample)
            case "test": test[category, default: []].append(sample)
            case "train": throw row.problem("a defective image is in the training split")
            case let other: throw row.problem("the split is \(other), not train or test")
            }
        }
        return Set(train.keys).union(test.keys).map { name in
            Category(name: name, train: train[name] ?? [], test: test[name] ?? [])
        }
    }

    private static func sample(_ row: CSVTable.Row, in root: Folder) throws(EvaluationError) -> Sample {
        func place(_ path: String) -> String { path.hasPrefix("/") ? path : root.file(path) }
        let typeName = try row.value("type")
        guard let type = SampleType(rawValue: typeName) else {
            throw row.problem("the type is \(typeName), not good, logical or structural")
        }
        let image = try row.value("image")
        var sample = Sample(name: image, path: place(image), type: type)
        sample.subtype = row.optional("subtype")
        if type == .good {
            sample.pixels = .clean
            sample.anomalies = []
        }
        if type != .good, let truths = row.optional("truths") {
            sample.pixels = .alternatives(
                truths.split(separator: "|").map { truth in
                    truth.split(separator: "+").map { DefectFile(path: place(String($0))) }
                })
        }
        if type != .good, let kinds = row.optional("kinds") {
            var anomalies: [Anomaly] = []
            for name in kinds.split(separator: "|") {
                guard let kind = Anomaly.Kind(rawValue: String(name)) else {
                    let known = Anomaly.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw row.problem("the kind is \(name), not one of \(known)")
                }
                anomalies.append(Anomaly(kind: kind, place: .nowhere))
            }
            sample.anomalies = anomalies
        }
        if let objects = row.optional("objects") { sample.objects = try truth(objects, row: row, place: place) }
        return sample
    }

    private static func truth(
        _ text: String, row: CSVTable.Row, place: (String) -> String
    ) throws(EvaluationError) -> ObjectTruth {
        guard let count = Int(text) else { return .annotated(path: place(text)) }
        guard (0...100_000).contains(count) else { throw row.problem("\(text) is no number of objects") }
        return .counted(count)
    }
}
