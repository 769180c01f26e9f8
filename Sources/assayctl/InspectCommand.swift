internal import ArgumentParser
internal import Assessment
internal import Foundation
internal import Glibc
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import Publishing
internal import SupportSets
internal import Verdicts

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Judge pictures against a support set, exactly as the daemon would.",
        discussion: """
            The exit code sums up all pictures: 1 if any fails, else 5 if any cannot be decided, else 0.

            Examples:
              assayctl inspect --set tray-1 today/*.jpg
              assayctl inspect --set tray-1 --json --overlay marked/ doubtful.png
            """)

    @Argument(help: "Pictures (PNG or JPEG), or folders of them.")
    var pictures: [String]

    @Option(name: .customLong("set"), help: "The support set's folder.")
    var directory: String

    @Option(help: "How to judge: assay, objectcore or romad.")
    var method: Method = .assay

    @Flag(help: "Print one verdict a line as JSON (schema assay.verdict/1).")
    var json = false

    @Option(help: "Write each picture with its findings drawn in to this folder.")
    var overlay: String?

    @Option(help: "Only this part of each picture: x,y,width,height in pixels.")
    var region: RegionOption?

    @OptionGroup
    var bundle: BundleOptions

    func run() throws {
        let paths = try Pictures.paths(from: pictures)
        let set: SupportSet
        do {
            set = try SupportSet(opening: directory)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let preprocessing = set.manifest.preprocessing
        let model = try bundle.open(
            imageSize: preprocessing.imageSize, segmenterLongSide: preprocessing.segmenterLongSide,
            precision: Precision(rawValue: set.manifest.model.precision))
        let assessor: Assessor
        do {
            assessor = try Assessor(model: model, set: set, method: method)
        } catch {
            throw CommandFailure.badInput("\(directory): \(error)")
        }
        if set.manifest.light == nil {
            StandardError.write(
                "assayctl: \(directory): light drift cannot be told, the set was made without a light profile")
        }
        if let overlay { try Self.makeFolder(overlay) }
        var decisions: [Decision] = []
        for (index, path) in paths.enumerated() {
            decisions.append(try inspect(path, number: index + 1, with: assessor))
        }
        if decisions.contains(.fail) { throw Status.fail }
        if decisions.contains(where: { $0 != .pass }) { throw Status.inconclusive }
    }

    private func inspect(_ path: String, number: Int, with assessor: Assessor) throws -> Decision {
        let start = ContinuousClock().now
        let picture = try Pictures.read(path)
        let image = try region?.crop(picture.image, path: path) ?? picture.image
        let decoded = ContinuousClock().now
        var assessment: Assessment
        do {
            assessment = try assessor.assess(image)
        } catch {
            throw CommandFailure.badInput("\(path): \(error)")
        }
        assessment.timings.decoded = decoded - start
        let total = ContinuousClock().now - start
        if json {
            print(try message(for: assessment, of: path, image: image, number: number, total: total, by: assessor))
        } else {
            show(assessment, of: path)
        }
        if let overlay {
            try draw(assessment, on: image, to: overlay + "/" + Self.overlayName(of: path, number: number))
        }
        return assessment.decision
    }

    private func show(_ assessment: Assessment, of path: String) {
        let score = assessment.score.map { String(format: " score %.2f", $0) } ?? ""
        let limit = assessment.limits.map { String(format: " (limit %.2f)", $0.threshold) } ?? ""
        let codes = assessment.reasons.map(\.rawValue).joined(separator: ", ")
        let reasons = codes.isEmpty ? "" : " [\(codes)]"
        print("\(path): \(assessment.decision.rawValue.uppercased())\(score)\(limit)\(reasons)")
        if let remark = assessment.remark { print("  - \(remark)") }
        for finding in assessment.findings { print("  - \(finding.sentence)") }
    }

    private func message(
        for assessment: Assessment, of path: String, image: Image, number: Int, total: Duration, by assessor: Assessor
    ) throws -> String {
        let now = Timestamp.now()
        let identity = assessor.set.identity
        let model = assessor.set.manifest.model
        let origin = VerdictOrigin(
            station: "assayctl", line: try Self.lineName(), boot: Self.boot, camera: path, trigger: .command,
            frame: FrameStamp(
                sequence: UInt64(number), capturedAt: now, width: image.width, height: image.height,
                format: path.lowercased().hasSuffix(".png") ? "png" : "jpeg"),
            supportSet: SupportSetReference(name: identity.name, version: identity.version, digest: identity.digest),
            model: ModelReference(name: model.name, digest: model.digest, precision: model.precision))
        let message = VerdictMessage(
            assessment, id: UUIDv7(time: now), origin: origin,
            timings: VerdictTimings(assessment.timings, waited: .zero, published: .zero, total: total),
            delivery: Delivery(sequence: UInt64(number)))
        return String(decoding: message.json(), as: UTF8.self)
    }

    private static let overlay = FindingOverlay()
    private static let boot = UUID().uuidString.lowercased()

    private static func lineName() throws -> LineName {
        do {
            return try LineName("inspect")
        } catch {
            throw CommandFailure.badInput("\(error)")
        }
    }

    private func draw(_ assessment: Assessment, on image: Image, to path: String) throws {
        let drawn = Self.overlay.draw(assessment, on: image)
        do {
            try Data(drawn.jpeg(quality: 90)).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure.badInput(
                "\(path): cannot be written (\(Self.reason(of: error))); check the folder and the free space")
        }
    }

    /// The system's own words where it has any.
    private static func reason(of error: any Error) -> String {
        guard let file = error as? CocoaError else { return "\(error)" }
        let cause = (file.underlying ?? file) as NSError
        guard cause.domain == NSPOSIXErrorDomain else { return file.localizedDescription }
        return unsafe String(cString: strerror(Int32(cause.code)))
    }

    /// The number keeps pictures of one name from different folders apart.
    private static func overlayName(of path: String, number: Int) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? "picture"
        return String(format: "%04d-", number) + (name.split(separator: ".").first.map(String.init) ?? name) + ".jpg"
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.badInput("\(path): cannot be made; check the path and its permissions")
        }
    }
}

extension Method: ExpressibleByArgument {
    /// One of the methods that sets are enrolled for.
    init?(argument: String) {
        guard let method = Self.enrolled.first(where: { $0.rawValue == argument }) else { return nil }
        self = method
    }

    static var allValueStrings: [String] { enrolled.map(\.rawValue) }
}
