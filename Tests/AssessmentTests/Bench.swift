import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import Inference
import SupportSets
import Verdicts

/// A support set of drawn trays, enrolled for one test and removed after it.
struct Bench {
    let set: SupportSet
    private let folder: TemporaryFolder

    init(_ goods: [DrawnScene] = Bench.trays(count: 4), model: any PerceptionModel = DrawnModel()) throws {
        folder = try TemporaryFolder("assay-bench")
        let pictures = try goods.enumerated().map { index, scene in
            let image = scene.image()
            return SupportPicture(name: "good-\(index).png", bytes: try image.png(), image: image)
        }
        set = try Enroller(model: model, segmenterLongSide: 160).enrol(
            pictures, name: "tray", version: "1", into: folder.file("set"), replacing: false
        ) { _ in }
    }

    static func trays(count: Int) -> [DrawnScene] {
        (1...UInt64(count)).map { DrawnScene.tray.varied(seed: $0) }
    }

    func assess(
        _ scene: DrawnScene, by method: Method = .assay, scale: Double = 1, model: any PerceptionModel = DrawnModel()
    ) throws -> Assessment {
        try Assessor(model: model, set: set, method: method).assess(scene.image(scale: scale))
    }
}

extension PixelBox {
    /// Intersection over union.
    func overlap(with other: PixelBox) -> Double {
        let common = intersection(other).area
        return Double(common) / Double(area + other.area - common)
    }
}
