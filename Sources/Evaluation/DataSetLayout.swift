/// How a data set lies on disk.
package enum DataSetLayout: String, Sendable, CaseIterable {
    /// MVTec LOCO AD: several masks an image, saturation in `defects_config.json`.
    case loco

    /// MVTec AD: a folder a defect, a mask an image.
    case mvtec

    /// VisA as published, with `split_csv/1cls.csv`.
    case visa

    /// A manifest (`ManifestReader`): several valid truths an image.
    case celad

    /// A manifest (`ManifestReader`): labels of images only.
    case cadSD = "cad-sd"

    /// LOCO's folders with one mask an image and object-level annotations, or a manifest.
    case assay

    /// Lists what is there; pictures are not opened yet, but LOCO's masks, whose values name the defects.
    package func read(_ path: String) throws(EvaluationError) -> DataSet {
        let categories =
            switch self {
            case .loco: try LocoReader.read(path)
            case .mvtec: try MVTecReader.read(path)
            case .visa: try VisAReader.read(path)
            case .celad, .cadSD: try ManifestReader.read(path)
            case .assay:
                if try ManifestReader.isManifest(path) {
                    try ManifestReader.read(path)
                } else {
                    try AssayReader.read(path)
                }
            }
        guard categories.contains(where: { !$0.test.isEmpty }) else {
            throw .missing(path: path, expected: "the layout \(rawValue) has categories with test images there")
        }
        return DataSet(categories: categories.sorted { $0.name < $1.name })
    }
}
