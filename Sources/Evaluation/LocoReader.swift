internal import Foundation
internal import Imaging

/// MVTec LOCO AD: `ground_truth/TYPE/NNN/MMM.png`, whose pixel value names a defect of `defects_config.json`.
enum LocoReader {
    private struct Defect: Decodable {
        let defectName: String
        let pixelValue: Int
        let saturationThreshold: Double
        let relativeSaturation: Bool

        var saturation: Saturation {
            relativeSaturation ? .share(saturationThreshold) : .pixels(saturationThreshold)
        }
    }

    static func read(_ path: String) throws(EvaluationError) -> [Category] {
        var categories: [Category] = []
        for folder in try CategoryFolders.of(path) {
            let defects = try defects(of: folder)
            var test: [Sample] = []
            for name in try folder.inner("test").folders() {
                guard let type = type(of: name) else { continue }
                for var sample in try CategoryFolders.samples(in: folder, "test/\(name)", type: type) {
                    if type != .good {
                        let masks = folder.inner("ground_truth").inner(name).inner(CategoryFolders.stem(sample.name))
                        try addMasks(masks, to: &sample, defects: defects)
                    }
                    test.append(sample)
                }
            }
            categories.append(Category(name: folder.name, train: try CategoryFolders.train(folder), test: test))
        }
        return categories
    }

    /// The type of image that a folder of tests holds; nil for a folder that is none of LOCO's.
    static func type(of folder: String) -> SampleType? {
        switch folder {
        case "good": .good
        case "logical_anomalies": .logical
        case "structural_anomalies": .structural
        default: nil
        }
    }

    private static func defects(of folder: Folder) throws(EvaluationError) -> [Int: Defect] {
        let path = folder.file("defects_config.json")
        let content = try Folder.content(of: path)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let defects = try decoder.decode([Defect].self, from: content)
            return Dictionary(defects.map { ($0.pixelValue, $0) }) { first, _ in first }
        } catch {
            throw .damaged(path: path, problem: "it is not LOCO's list of defects")
        }
    }

    private static func addMasks(
        _ masks: Folder, to sample: inout Sample, defects: [Int: Defect]
    ) throws(EvaluationError) {
        let names = try masks.pictures()
        guard !names.isEmpty else {
            throw .missing(path: masks.file("000.png"), expected: "every defective image has masks")
        }
        var files: [DefectFile] = []
        for name in names {
            let path = masks.file(name)
            let picture: Image
            do {
                picture = try Image(contentsOf: path)
            } catch {
                throw .damaged(path: path, problem: "\(error)")
            }
            let value = Int(picture.pixels.max() ?? 0)
            guard let defect = defects[value], defect.saturationThreshold > 0 else {
                throw .damaged(
                    path: path, problem: "its value \(value) is no defect with a saturation in defects_config.json")
            }
            if sample.subtype == nil { sample.subtype = defect.defectName }
            files.append(DefectFile(path: path, saturation: defect.saturation))
        }
        sample.pixels = .alternatives([files])
    }
}
