import AssayTestSupport
import Enrolment
import Imaging
import Inference
import InferenceRuntime
import Settings
import Station

/// Pictures made in code and support sets enrolled from them with the real model.
enum DrawnScene {
    static let size = PixelSize(width: 256, height: 256)

    /// Coloured squares on a grey ground; a `variant` moves them by some pixels, as a product lies never twice the same.
    static func picture(variant: Int, without missing: Int? = nil) -> Image {
        var pixels = [UInt8](repeating: 128, count: size.pixelCount * 3)
        let colours: [(UInt8, UInt8, UInt8)] = [(220, 30, 30), (30, 180, 40), (30, 60, 220), (230, 200, 20)]
        for (index, colour) in colours.enumerated() where index != missing {
            let left = 40 + index % 2 * 110 + variant % 3
            let top = 40 + index / 2 * 110 + variant / 3 % 3
            for y in top..<top + 60 {
                for x in left..<left + 60 {
                    let place = (y * size.width + x) * 3
                    pixels[place] = colour.0
                    pixels[place + 1] = colour.1
                    pixels[place + 2] = colour.2
                }
            }
        }
        return Image(width: size.width, height: size.height, pixels: pixels)
    }

    /// Writes pictures into a folder of their own.
    static func write(_ pictures: [Image], to name: String, in folder: TemporaryFolder) throws -> String {
        for (index, picture) in pictures.enumerated() {
            try folder.write(picture.png(), to: "\(name)-\(index).png")
        }
        return "\(folder.path)/\(name)-*.png"
    }

    /// One model for all tests: loading takes a second.
    static let model = Result { () throws(InferenceError) in
        try BundleModel(
            bundle: BundleModels.directory(for: .installed), requestCount: 4, imageSize: size, segmenterLongSide: nil)
    }

    /// A model of its own, in one precision.
    static func model(in precision: Precision) throws(InferenceError) -> BundleModel {
        try BundleModel(
            bundle: BundleModels.directory(for: .installed), requestCount: 1, imageSize: size, segmenterLongSide: nil,
            precision: precision)
    }

    /// Enrols four pictures.
    static func enrol(
        version: String, firstVariant: Int = 0, controls: [String: String] = [:], by model: BundleModel? = nil,
        light: Double = 1, into directory: String
    ) throws {
        let model = try model ?? Self.model.get()
        var pictures: [SupportPicture] = []
        for variant in firstVariant..<firstVariant + 4 {
            let image = picture(variant: variant).dimmed(to: light)
            pictures.append(SupportPicture(name: "good\(variant).png", bytes: try image.png(), image: image))
        }
        _ = try Enroller(model: model, segmenterLongSide: model.segmenterLongSide).enrol(
            pictures, name: "squares", version: version, into: directory, replacing: true,
            cameraControls: controls, testsItself: false, progress: { _ in })
    }
}

extension Image {
    /// The same in other light.
    func dimmed(to light: Double) -> Image {
        light == 1
            ? self : Image(width: width, height: height, pixels: pixels.map { UInt8((Double($0) * light).rounded()) })
    }
}
