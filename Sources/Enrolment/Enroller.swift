internal import Assessment
internal import Foundation
internal import Glibc
package import Imaging
package import Inference
package import SupportSets

/// Why no set was made.
package enum EnrolmentError: Error, CustomStringConvertible {
    case noImages
    case tooManyImages(Int)
    case shapesDiffer(String, PixelSize, String, PixelSize)
    case nothingFound(String)
    case alreadyThere(String)
    case model(InferenceError)
    case corrections(CorrectionErrors, file: String)
    case correctedTwice(String)
    case noneVerified
    case selfTest(SelfTestError)
    case set(SupportSetError)

    package var description: String {
        switch self {
        case .noImages: "no image was given; name at least one picture of a good product"
        case .tooManyImages(let count): "\(count) images are more than a set can hold (1024)"
        case .shapesDiffer(let first, let firstSize, let other, let size):
            """
            \(other) is \(size.width)×\(size.height) but \(first) is \(firstSize.width)×\(firstSize.height); \
            all images of a set must come from one camera with one region of interest
            """
        case .nothingFound(let name):
            "no part was found in \(name) or any other image; check focus, light and that the product fills the picture"
        case .alreadyThere(let path): "\(path) exists already; choose another folder or say --replace"
        case .model(let error): "the model failed: \(error)"
        case .corrections(let errors, let file): errors.description(file: file)
        case .correctedTwice(let name):
            "\(name) is annotated and corrected; what is annotated is known, so take its corrections out"
        case .noneVerified:
            "no annotated picture is among those to enrol; name at least one of them"
        case .selfTest(let error): "the set could not be tested on its own images: \(error)"
        case .set(let error): error.description
        }
    }
}

/// One good image with the bytes it was read from, which go into the set unchanged.
package struct SupportPicture: Sendable {
    package let name: String
    package let bytes: [UInt8]
    package let image: Image

    package init(name: String, bytes: [UInt8], image: Image) {
        self.name = name
        self.bytes = bytes
        self.image = image
    }
}

/// Builds a support set from good images.
package struct Enroller {
    /// A step of the work, for a progress display.
    package enum Step: Sendable {
        case perceived(Int, of: Int)

        /// The objects of every picture are known.
        case found(FoundObjects)
        case calibrated(Int, of: Int)

        /// Altered pictures were judged.
        case tested(Int, of: Int)
        case writing
    }

    private let model: any PerceptionModel
    private let segmenterLongSide: Int

    package init(model: any PerceptionModel, segmenterLongSide: Int) {
        self.model = model
        self.segmenterLongSide = segmenterLongSide
    }

    /// Writes a set to `directory`, which appears whole or not at all, and opens it again.
    ///
    /// - Parameters:
    ///   - cameraControls: those under which the pictures were taken, as far as they are known.
    ///   - testsItself: what the set can judge is found out by altering its own pictures, and kept in the manifest.
    package func enrol(
        _ pictures: [SupportPicture], name: String, version: String, into directory: String, replacing: Bool,
        cameraControls: [String: String] = [:], guidance: EnrolmentGuidance = EnrolmentGuidance(),
        testsItself: Bool = true, progress: (Step) -> Void
    ) throws(EnrolmentError) -> SupportSet {
        let first = try Self.checked(pictures)
        let places = try Self.places(guidance, in: first.image.size)
        let isThere = unsafe access(directory, F_OK) == 0
        guard replacing || !isThere else { throw .alreadyThere(directory) }

        let allNames = Self.names(of: pictures)
        let views = pictures.count == 1 ? AlteredViews.of(first.image) : []
        let total = pictures.count + views.count
        var scenes: [Scene] = []
        for image in pictures.map(\.image) + views {
            scenes.append(try scene(of: image, but: places))
            progress(.perceived(scenes.count, of: total))
        }
        let settling = try settle(
            Array(scenes.prefix(pictures.count)), names: allNames, pictures: pictures, guidance: guidance)
        let supports = settling.kept.map { scenes[$0] }
        let names = settling.kept.map { allNames[$0] }
        let enrolled = settling.kept.map { pictures[$0] }
        let isAligned: Bool
        do {
            isAligned = try StructuralFit.isAligned(
                supports, names: names, settled: settling.objects, reach: EnrolmentParameters().reach)
        } catch {
            throw .model(.notFinite(output: "\(error)"))
        }
        let turned = try turnedViews(of: enrolled.map(\.image), isAligned: isAligned, but: places) { done, count in
            progress(.perceived(total + done, of: total + count))
        }
        let preprocessing = SupportSetManifest.Preprocessing(
            imageWidth: first.image.width, imageHeight: first.image.height, segmenterLongSide: segmenterLongSide)
        let fitted: (set: SupportSet, heldOut: HeldOutSets)
        do {
            fitted = try Calibrator(
                model: model.identity, preprocessing: preprocessing, settled: settling.objects,
                classes: settling.head
            ).fit(
                scenes: supports, names: names, views: Array(scenes.dropFirst(pictures.count)), isAligned: isAligned,
                turned: turned
            ) { done, count in progress(.calibrated(done, of: count)) }
        } catch {
            throw .model(.notFinite(output: "\(error)"))
        }
        guard fitted.set.logical.images.contains(where: { !$0.objects.isEmpty }) else {
            throw .nothingFound(first.name)
        }
        progress(.found(settling.found(in: fitted.set.logical)))
        var manifest = fitted.set.manifest
        if testsItself {
            do throws(SelfTestError) {
                manifest.selfTest = try SelfTest(model: model, ignored: places).report(
                    on: enrolled.map(\.image), of: fitted.set, by: fitted.heldOut
                ) { done, count in progress(.tested(done, of: count)) }
            } catch {
                throw .selfTest(error)
            }
        }
        progress(.writing)
        manifest.name = name
        manifest.version = version
        manifest.created = Self.now()
        manifest.cameraControls = cameraControls
        // Where people said what every object is, nothing had to agree.
        let areSettled = names.allSatisfy { settling.objects.images[$0] != nil }
        manifest.agreement = areSettled ? nil : fitted.set.logical.agreement
        manifest.light = LightProfile(of: enrolled.map(\.image))
        manifest.classes = settling.report
        manifest.ignored = places.isEmpty ? nil : places
        do {
            let writer = SupportSetWriter(directory: directory)
            try writer.write(
                manifest: manifest, logical: fitted.set.logical, structural: fitted.set.structural,
                classes: settling.head, images: zip(names, enrolled.map(\.bytes)).map { (name: $0, bytes: $1) },
                extras: guidance.files,
                replacing: replacing)
            return try SupportSet(opening: directory)
        } catch {
            throw .set(error)
        }
    }

    /// Views of a product that lies anywhere, which a single image cannot tell.
    private func turnedViews(
        of images: [Image], isAligned: Bool, but places: [PixelBox], progress: (Int, Int) -> Void
    ) throws(EnrolmentError) -> TurnedViews {
        guard !isAligned, images.count > 1 else { return .none }
        let chosen = TurnedViews.chosen(of: images.count)
        var rows = [[Float]](repeating: [], count: images.count)
        var done = 0
        do {
            for index in chosen {
                let image = places.isEmpty ? images[index] : images[index].painted(over: places)
                rows[index] = try TurnedViews.rows(of: image, with: model) {
                    done += 1
                    progress(done, chosen.count * TurnedViews.countPerImage)
                }
            }
        } catch {
            throw .model(error)
        }
        return TurnedViews(rows: rows)
    }

    func scene(of image: Image, but places: [PixelBox]) throws(EnrolmentError) -> Scene {
        do {
            return try Scene(perceiving: image, but: places, with: model)
        } catch {
            throw .model(error)
        }
    }

    /// The places that are not judged, if all lie in the picture.
    static func places(
        _ guidance: EnrolmentGuidance, in size: PixelSize
    ) throws(EnrolmentError) -> [PixelBox] {
        var problems: [CorrectionErrors.Problem] = []
        for (place, line) in guidance.ignored where place.clamped(to: size) != place {
            problems.append(
                CorrectionErrors.Problem(
                    line: line, key: "ignore",
                    message: """
                        \(place.x), \(place.y), \(place.width), \(place.height) reaches out of the picture of \
                        \(size.width)×\(size.height)
                        """))
        }
        guard problems.isEmpty else {
            throw .corrections(CorrectionErrors(problems: problems), file: guidance.correctionsPath)
        }
        return guidance.ignored.map(\.place)
    }

    /// The first picture, if all can be one set.
    static func checked(_ pictures: [SupportPicture]) throws(EnrolmentError) -> SupportPicture {
        guard let first = pictures.first else { throw .noImages }
        guard pictures.count <= 1024 else { throw .tooManyImages(pictures.count) }
        for picture in pictures where !picture.image.size.hasShape(of: first.image.size) {
            throw .shapesDiffer(first.name, first.image.size, picture.name, picture.image.size)
        }
        return first
    }

    /// The pictures' names in the set.
    static func names(of pictures: [SupportPicture]) -> [String] {
        pictures.indices.map { String(format: "%03d-", $0 + 1) + plain(pictures[$0].name) }
    }

    /// The last part of a path with everything but plain characters replaced.
    private static func plain(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? "image"
        return String(
            last.suffix(90).map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" })
    }

    private static func now() -> String {
        ISO8601DateFormatter().string(from: Date())
    }
}
