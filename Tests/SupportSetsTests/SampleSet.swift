import AssayTestSupport
import Composition
import Foundation
import Imaging
import Inference
import SupportSets

/// A small set of two images with made-up numbers, as an enrolment would write it.
struct SampleSet {
    static let channelCount = 6
    static let imageCount = 2

    var logical: LogicalBank
    var structural: StructuralBank
    var manifest: SupportSetManifest
    var images: [(name: String, bytes: [UInt8])]
    var classes: ClassHead?

    init(seed: UInt64 = 1) {
        var generator = SeededGenerator(seed: seed)
        let names = (1...Self.imageCount).map { "00\($0)-good.png" }
        logical = LogicalBank(
            images: names.map { Self.image($0, using: &generator) },
            centre: Self.floats(Self.channelCount, using: &generator), commonScales: Self.scales)
        structural = Self.structuralBank(using: &generator)
        let calibration = Calibration(
            method: "leave-one-out", sampleSize: 2, promise: "No promise.",
            methods: [
                "assay": MethodCalibration(
                    threshold: 1.1, guardLow: 1.05, guardHigh: 1.15, findingLimit: 0.4, scores: [0.8, 1])
            ], structuralLevel: 0.1, logicalLevel: 0.5)
        manifest = SupportSetManifest(
            name: "tray", version: "1", created: "2026-01-01T00:00:00Z", k: Self.imageCount,
            model: ModelIdentity(name: "drawn", digest: String(repeating: "a", count: 64), precision: "fp32"),
            preprocessing: SupportSetManifest.Preprocessing(imageWidth: 64, imageHeight: 48, segmenterLongSide: 64),
            cameraControls: ["exposure": "100"], calibration: calibration,
            structure: SupportSetManifest.Structure(isAligned: true, reach: 3),
            surface: SurfaceSpread(height: 2, width: 2, distances: [0, 0.1, 0.2, 1.5]), files: [:])
        images = names.enumerated().map { ($1, Array("picture \($0)".utf8)) }
    }

    /// Writes the set and gives back its folder.
    @discardableResult
    func write(to directory: String, replacing: Bool = false) throws(SupportSetError) -> String {
        try SupportSetWriter(directory: directory).write(
            manifest: manifest, logical: logical, structural: structural, classes: classes, images: images,
            replacing: replacing)
        return directory
    }

    static func structuralBank(using generator: inout SeededGenerator) -> StructuralBank {
        let (height, width) = (3, 4)
        var rows: [Float] = []
        for _ in 0..<(imageCount * height * width) {
            let row = floats(channelCount, using: &generator)
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            rows += row.map { $0 / length }
        }
        return StructuralBank(
            imageCount: imageCount, gridHeight: height, gridWidth: width,
            rows: BankRows(owned: rows, columnCount: channelCount),
            core: BankRows(owned: Array(rows.prefix(5 * channelCount)), columnCount: channelCount))
    }

    private static func image(_ name: String, using generator: inout SeededGenerator) -> SupportImage {
        let objects = (0..<3).map { index in
            SupportObject(
                object: DetectedObject(mask: mask(index), descriptor: descriptor(using: &generator)),
                weight: Float(index) / 2, scales: scales, partners: [index, index == 2 ? -1 : index])
        }
        return SupportImage(
            name: name, meanFeature: floats(channelCount, using: &generator), objects: objects,
            clutter: [descriptor(using: &generator)])
    }

    private static var scales: PartVector {
        var scales = PartVector()
        for part in CostPart.allCases { scales[part.rawValue] = Float(part.rawValue + 1) }
        return scales
    }

    private static func mask(_ index: Int) -> Mask {
        Mask(
            grid: PixelSize(width: 16, height: 12), box: PixelBox(x: 4 * index, y: 2, width: 3, height: 2),
            bits: [1, 1, 0, 1, 1, 1])
    }

    private static func descriptor(using generator: inout SeededGenerator) -> ObjectDescriptor {
        func share() -> Float { Float.random(in: 0.1...0.5, using: &generator) }
        var outline = OutlineMoments()
        for moment in OutlineMoments.values { outline[keyPath: moment] = SIMD2(share(), -share()) }
        return ObjectDescriptor(
            representation: floats(channelCount, using: &generator),
            colour: [50, 20, -20, 3, 2, 1], area: share(), centreX: share(), centreY: share(), majorAxis: share(),
            minorAxis: share(), orientation: share(), outline: outline,
            context: floats(channelCount, using: &generator),
            objectness: share())
    }

    static func floats(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    }
}

/// A set's folder that a test damages on purpose.
struct SetFolder {
    let path: String
    private let owner: TemporaryFolder

    init(_ sample: SampleSet = SampleSet()) throws {
        owner = try TemporaryFolder("assay-set")
        path = try sample.write(to: owner.file("set"))
    }

    func file(_ name: String) -> String { path + "/" + name }

    func bytes(of name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func replace(_ name: String, with bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    /// Changes the manifest as a text, so that the set is consistent again but for that change.
    func editManifest(_ edit: (String) -> String) throws {
        let text = String(decoding: try bytes(of: "manifest.json"), as: UTF8.self)
        try replace("manifest.json", with: Array(edit(text).utf8))
    }

    /// Puts new content in a file and its digest in the manifest: what somebody who wants to do harm would do.
    func forge(_ name: String, with bytes: [UInt8]) throws {
        let old = try SupportSetFolder.digest(of: file(name))
        try replace(name, with: bytes)
        let new = try SupportSetFolder.digest(of: file(name))
        try editManifest { $0.replacing(old, with: new) }
    }

    /// Why the set is refused, or nil when it opens.
    func refusal() -> SupportSetError? {
        do throws(SupportSetError) {
            _ = try SupportSet(opening: path)
            return nil
        } catch {
            return error
        }
    }
}
