/// The categories of the layouts that have `CATEGORY/train/good` and `CATEGORY/test/TYPE`.
enum CategoryFolders {
    /// The folder itself if it is a category, else those in it that are.
    static func of(_ path: String) throws(EvaluationError) -> [Folder] {
        let root = Folder(path: path)
        guard root.exists else { throw .missing(path: path, expected: "it should hold the data set") }
        func isCategory(_ folder: Folder) -> Bool {
            folder.inner("train").inner("good").exists && folder.inner("test").exists
        }
        if isCategory(root) { return [root] }
        return try root.folders().map { root.inner($0) }.filter(isCategory)
    }

    static func train(_ category: Folder) throws(EvaluationError) -> [Sample] {
        try samples(in: category, "train/good", type: .good)
    }

    static func samples(
        in category: Folder, _ folder: String, type: SampleType
    ) throws(EvaluationError) -> [Sample] {
        let place = category.inner(folder)
        return try place.pictures().map { name in
            Sample(
                name: "\(folder)/\(name)", path: place.file(name), type: type,
                pixels: type == .good ? .clean : .unknown, anomalies: type == .good ? [] : nil)
        }
    }

    /// A picture's name without its ending.
    static func stem(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        guard let dot = last.lastIndex(of: ".") else { return last }
        return String(last[..<dot])
    }
}
