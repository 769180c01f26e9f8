internal import ArgumentParser
internal import Enrolment
internal import Glibc
internal import Imaging
internal import InferenceRuntime
internal import SupportSets

struct EnrollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Learn from a few good pictures what belongs in the picture.",
        discussion: """
            Writes a support set: a folder with the pictures, what was measured of them, and a threshold that rests \
            on these good pictures alone. Four pictures that show every variant of the product are a good start. The \
            camera.json that assayctl snapshot puts beside its pictures goes into the set, so that the daemon notices \
            a camera with other controls.

            Examples:
              assayctl enroll good/ --name tray --output /var/lib/assay/tray-1
              assayctl enroll a.png b.png c.png d.png --name kit --version 2 --output kit-2
            """)

    @Argument(help: "Good pictures (PNG or JPEG), or folders of them.")
    var pictures: [String]

    @Option(help: "The set's name.")
    var name: String

    @Option(name: .customLong("version"), help: "The set's version.")
    var setVersion = "1"

    @Option(name: .shortAndLong, help: "The folder to write; it must not exist yet.")
    var output: String

    @Flag(help: "Replace the folder if it exists.")
    var replace = false

    @Option(help: "The camera.json of the pictures, where it does not lie beside them.")
    var camera: String?

    @Option(help: "Only this part of each picture: x,y,width,height in pixels.")
    var region: RegionOption?

    @OptionGroup
    var bundle: BundleOptions

    func run() throws {
        let paths = try Pictures.paths(from: pictures)
        var support: [SupportPicture] = []
        for path in paths {
            let picture = try Pictures.read(path)
            let image = try region?.crop(picture.image, path: path) ?? picture.image
            let bytes = region == nil ? picture.bytes : try Self.encoded(image, path: path)
            support.append(SupportPicture(name: path, bytes: bytes, image: image))
        }
        guard let first = support.first else { throw CommandFailure.badInput(EnrolmentError.noImages.description) }
        let record = try camera.map(CameraRecords.read) ?? CameraRecords.common(to: paths)
        let model = try bundle.open(imageSize: first.image.size)
        let progress = ProgressLine()
        let set: SupportSet
        do {
            set = try Enroller(model: model, segmenterLongSide: model.segmenterLongSide).enrol(
                support, name: name, version: setVersion, into: output, replacing: replace,
                cameraControls: record?.manifestControls ?? [:]
            ) { step in
                if case .writing = step { Self.finishWhateverComes() }
                progress.show(step)
            }
        } catch {
            progress.finish()
            throw CommandFailure.badInput(error.description)
        }
        progress.finish()
        report(set, record)
    }

    private func report(_ set: SupportSet, _ record: CameraRecord?) {
        let manifest = set.manifest
        let counts = set.logical.images.map { String($0.objects.count) }.joined(separator: ", ")
        let pictures = manifest.k == 1 ? "1 good picture" : "\(manifest.k) good pictures"
        print("\(manifest.name)@\(manifest.version): \(pictures) in \(output)")
        print("  parts found       \(counts)")
        if let agreement = manifest.agreement { print("  they agree        \(Self.text(of: agreement))") }
        print("  product lies      \(manifest.structure.isAligned ? "at one place" : "anywhere")")
        for (method, calibration) in manifest.calibration.methods.sorted(by: { $0.key < $1.key }) {
            print("  threshold         \(method) \(calibration.threshold)")
        }
        print("  rests on          \(manifest.calibration.sampleSize) scores (\(manifest.calibration.method))")
        print("  \(manifest.calibration.promise)")
        if let record { print("  camera            \(record.camera.name), \(record.controls.count) controls kept") }
        print("  digest            \(set.identity.digest)")
    }

    /// Until now an interrupt leaves nothing; a set that is being written is finished, which takes well under a second.
    private static func finishWhateverComes() {
        for number in [SIGINT, SIGTERM, SIGHUP] { _ = signal(number, SIG_IGN) }
    }

    private static func text(of agreement: ObjectAgreement) -> String {
        func percent(_ share: Float) -> String { "\(Int((100 * share).rounded())) %" }
        guard agreement.isAdapted else {
            return "\(percent(agreement.unadapted)) as each picture shows them alone; together only "
                + "\(percent(agreement.adapted)), so that was not used"
        }
        return "\(percent(agreement.adapted)), \(percent(agreement.unadapted)) before they were compared"
    }

    private static func encoded(_ image: Image, path: String) throws -> [UInt8] {
        do {
            return try image.png()
        } catch {
            throw CommandFailure.badInput("\(path): \(error)")
        }
    }
}

/// A region of interest as `x,y,width,height`.
struct RegionOption: ExpressibleByArgument {
    private let box: PixelBox

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
            let height = numbers[3], x >= 0, y >= 0, width > 0, height > 0
        else { return nil }
        box = PixelBox(x: x, y: y, width: width, height: height)
    }

    func crop(_ image: Image, path: String) throws -> Image {
        do {
            return try image.cropped(to: box)
        } catch {
            throw CommandFailure.badInput("\(path): \(error)")
        }
    }
}
