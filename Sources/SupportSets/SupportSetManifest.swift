package import Imaging
package import Inference

/// `manifest.json`: what a support set is, what it was made with, and the digest of every other file in it.
package struct SupportSetManifest: Codable, Equatable, Sendable {
    package static let currentSchema = "assay.support-set/1"

    package var schema: String
    package var name: String
    package var version: String

    /// RFC 3339, UTC.
    package var created: String

    /// How many support images there are.
    package var k: Int
    package var model: ModelIdentity
    package var preprocessing: Preprocessing

    /// The camera's controls when the images were taken, as far as they are known.
    package var cameraControls: [String: String]
    package var calibration: Calibration
    package var structure: Structure

    /// How much the images' surfaces differ at each place; absent for fewer than three images and in sets that were made before
    /// it was kept, where all places count alike.
    package var surface: SurfaceSpread?

    /// The light of the images; absent in sets that were made before it was kept.
    package var light: LightProfile?

    /// How well the objects of the images agree; absent for a single image and in sets made before it was kept.
    package var agreement: ObjectAgreement?

    /// How classes were learnt; absent where no picture was annotated.
    package var classes: ClassReport?

    /// What the set notices of its own images, altered; absent where that was not tried.
    package var selfTest: SelfTestReport?

    /// Places of the picture that an engineer said are not judged, in pixels of the enrolled images; absent for none.
    package var ignored: [PixelBox]?

    /// SHA-256 of every file of the set but this one and the signature, by its path inside the set.
    package var files: [String: String]

    package init(
        name: String, version: String, created: String, k: Int, model: ModelIdentity, preprocessing: Preprocessing,
        cameraControls: [String: String], calibration: Calibration, structure: Structure,
        surface: SurfaceSpread? = nil, light: LightProfile? = nil, files: [String: String]
    ) {
        self.schema = Self.currentSchema
        self.name = name
        self.version = version
        self.created = created
        self.k = k
        self.model = model
        self.preprocessing = preprocessing
        self.cameraControls = cameraControls
        self.calibration = calibration
        self.structure = structure
        self.surface = surface
        self.light = light
        self.files = files
    }

    private enum CodingKeys: String, CodingKey {
        case schema, name, version, created, k, model, preprocessing
        case cameraControls = "camera_controls"
        case calibration, structure, surface, light, agreement, classes
        case selfTest = "self_test"
        case ignored, files
    }

    /// The places that are not judged, in pixels of a frame of some size.
    package func ignored(in size: PixelSize) -> [PixelBox] {
        (ignored ?? []).map { $0.scaled(from: preprocessing.imageSize, to: size) }
    }

    /// How an image reaches the networks.
    package struct Preprocessing: Codable, Equatable, Sendable {
        package var imageWidth: Int
        package var imageHeight: Int

        /// The longer side of the part segmenter's input.
        package var segmenterLongSide: Int

        package init(imageWidth: Int, imageHeight: Int, segmenterLongSide: Int) {
            self.imageWidth = imageWidth
            self.imageHeight = imageHeight
            self.segmenterLongSide = segmenterLongSide
        }

        package var imageSize: PixelSize { PixelSize(width: imageWidth, height: imageHeight) }

        private enum CodingKeys: String, CodingKey {
            case imageWidth = "image_width"
            case imageHeight = "image_height"
            case segmenterLongSide = "segmenter_long_side"
        }
    }

    /// How the structural search is done for `assay`.
    package struct Structure: Codable, Equatable, Sendable {
        /// The product lies at the same place in every image, so a patch is looked for near its own place only.
        package var isAligned: Bool

        /// Cells to each side in which an aligned patch is looked for.
        package var reach: Int

        package init(isAligned: Bool, reach: Int) {
            self.isAligned = isAligned
            self.reach = reach
        }

        private enum CodingKeys: String, CodingKey {
            case isAligned = "aligned"
            case reach
        }
    }
}
