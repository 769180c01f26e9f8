internal import Annotations
internal import ArgumentParser
internal import Enrolment
internal import Glibc
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import Settings
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

            What was found in the pictures can be looked at (--show) and corrected: --show writes each picture with its \
            objects and their ids, and an objects.yaml to merge, split, drop and name them in. Corrections beside the \
            pictures, or named with --objects, are used and go into the set.

            With some pictures annotated (assayctl annotate), their classes are learnt; the other pictures are labelled by \
            that and kept only where the counts of their objects are those of an annotated one.

            Examples:
              assayctl enroll good/ --name tray --output /var/lib/assay/tray-1
              assayctl enroll a.png b.png c.png d.png --name kit --version 2 --output kit-2
              assayctl enroll good/ --name tray --show look/
              assayctl enroll good/ --name tray --objects look/objects.yaml --output tray-2
            """)

    @Argument(help: "Good pictures (PNG or JPEG), or folders of them.")
    var pictures: [String]

    @Option(help: "The set's name.")
    var name: String

    @Option(name: .customLong("version"), help: "The set's version.")
    var setVersion = "1"

    @Option(name: .shortAndLong, help: "The folder to write; it must not exist yet. Not needed with --show.")
    var output: String?

    @Option(help: "Write each picture with the objects found in it and their ids to this folder.")
    var show: String?

    @Option(help: "Corrections of what was found; the objects.yaml beside the pictures unless given.")
    var objects: String?

    @Flag(help: "Do not find out what the set can judge by altering its own pictures; saves about half the time.")
    var skipSelfTest = false

    @Flag(help: "Replace the folder if it exists.")
    var replace = false

    @Option(help: "What was marked in pictures, as assayctl annotate writes it.")
    var annotations: String?

    @Option(help: "A folder of more good pictures, of which only the classes are learnt; needs --annotations.")
    var unlabelled: String?

    @Option(help: "The camera.json of the pictures, where it does not lie beside them.")
    var camera: String?

    @Option(help: "Only this part of each picture: x,y,width,height in pixels.")
    var region: RegionOption?

    @Option(help: "What the model computes in: auto (what suits this machine, measured once), int8, bf16 or fp32.")
    var precision: PrecisionOption = .auto

    @OptionGroup
    var bundle: BundleOptions

    func validate() throws {
        if unlabelled != nil, annotations == nil {
            throw ValidationError("--unlabelled teaches classes, which begin with --annotations.")
        }
        if output == nil, show == nil { throw ValidationError("Say where the set goes with --output.") }
    }

    func run() throws {
        let paths = try Pictures.paths(from: pictures)
        let (support, sizes) = try Self.read(paths, region: region)
        guard let first = support.first else { throw CommandFailure.badInput(EnrolmentError.noImages.description) }
        let record = try camera.map(CameraRecords.read) ?? CameraRecords.common(to: paths)
        let given = try GivenCorrections(named: objects, besides: paths)
        var guidance = EnrolmentGuidance()
        if let given {
            guidance.corrections = given.corrections
            guidance.correctionsPath = given.path
            guidance.ignored = given.ignored
            guidance.files.append((name: ObjectsFile.fileName, bytes: given.bytes))
        }
        if let annotations {
            let annotated = try GivenAnnotations(path: annotations, of: paths, sizes: sizes, region: region)
            guidance.annotated = annotated.pictures
            guidance.files.append((name: AnnotationFile.fileName, bytes: annotated.bytes))
        }
        if let unlabelled {
            guidance.unlabelled = try Self.read(Pictures.paths(from: [unlabelled]), region: region).pictures
        }
        let shown = try show.map { try ShownObjects(folder: $0) }
        let (precision, measured) = try self.precision.precision(of: bundle.path())
        let model = try bundle.open(imageSize: first.image.size, precision: precision)
        let enroller = Enroller(model: model, segmenterLongSide: model.segmenterLongSide)
        let progress = ProgressLine()
        var found: FoundObjects?
        var set: SupportSet?
        do throws(EnrolmentError) {
            if let output {
                set = try enroller.enrol(
                    support, name: name, version: setVersion, into: output, replacing: replace,
                    cameraControls: record?.manifestControls ?? [:], guidance: guidance, testsItself: !skipSelfTest
                ) { step in
                    if case .found(let objects) = step { found = objects }
                    if case .writing = step { Self.finishWhateverComes() }
                    progress.show(step)
                }
            } else {
                found = try enroller.find(in: support, guidance: guidance) { progress.show($0) }
            }
        } catch {
            progress.finish()
            throw CommandFailure.badInput(error.description)
        }
        progress.finish()
        for note in found?.notes ?? [] { print("  \(note.sentence)") }
        for line in found?.classes.map({ ClassLines($0).lines }) ?? [] { print(line) }
        if let shown, let found {
            try shown.write(
                found, of: found.kept.map { support[$0] }, isCorrected: given != nil || annotations != nil)
        }
        if let set, let output { report(set, record, measured, output: output) }
    }

    /// The pictures, and their sizes before the region was cut out.
    private static func read(
        _ paths: [String], region: RegionOption?
    ) throws -> (pictures: [SupportPicture], sizes: [PixelSize]) {
        var pictures: [SupportPicture] = []
        var sizes: [PixelSize] = []
        for path in paths {
            let picture = try Pictures.read(path)
            let image = try region?.crop(picture.image, path: path) ?? picture.image
            let bytes = region == nil ? picture.bytes : try Self.encoded(image, path: path)
            pictures.append(SupportPicture(name: path, bytes: bytes, image: image))
            sizes.append(picture.image.size)
        }
        return (pictures, sizes)
    }

    private func report(_ set: SupportSet, _ record: CameraRecord?, _ measured: PrecisionReport?, output: String) {
        let manifest = set.manifest
        let counts = set.logical.images.map { String($0.objects.count) }.joined(separator: ", ")
        let pictures = manifest.k == 1 ? "1 good picture" : "\(manifest.k) good pictures"
        print("\(manifest.name)@\(manifest.version): \(pictures) in \(output)")
        print("  parts found       \(counts)")
        if let note = PartCountNote.text(of: set.logical.images.map { ($0.name, $0.objects.count) }) {
            print("  \(note)")
        }
        if let agreement = manifest.agreement { print("  they agree        \(Self.text(of: agreement))") }
        print("  product lies      \(manifest.structure.isAligned ? "at one place" : "anywhere")")
        for (method, calibration) in manifest.calibration.methods.sorted(by: { $0.key < $1.key }) {
            print("  threshold         \(method) \(calibration.threshold)")
        }
        print("  rests on          \(manifest.calibration.sampleSize) scores (\(manifest.calibration.method))")
        print("  \(manifest.calibration.promise)")
        if let places = manifest.ignored {
            let share = Double(places.reduce(0) { $0 + $1.area }) / Double(manifest.preprocessing.imageSize.pixelCount)
            let percent = (1000 * share).rounded() / 10
            print("  not judged        \(places.count) place(s), \(percent) % of the picture")
        }
        let rest = measured.map { " (\($0.wording) a picture here)" } ?? ""
        print("  precision         \(manifest.model.precision)\(rest)")
        if let record { print("  camera            \(record.camera.name), \(record.controls.count) controls kept") }
        print("  digest            \(set.identity.digest)")
        for line in manifest.selfTest.map({ SelfTestLines($0).lines }) ?? [] { print(line) }
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
    let box: PixelBox

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
