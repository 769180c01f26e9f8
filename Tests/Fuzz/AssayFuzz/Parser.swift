internal import Annotations
internal import ControlMessages
internal import Foundation
internal import Imaging
internal import Inference
internal import Publishing
internal import Settings
internal import SupportSets

/// Everything that reads bytes from outside. A refusal is an answer; a trap, a leak or a file left behind is a fault.
enum Parser: String, CaseIterable {
    case settings, objects, manifest, logical, structural, classes, labels, camera, archive, mended, signature, key
    case command, control, json, picture, frame, model, annotations, coco, yolo, labelme

    func parse(_ bytes: [UInt8], _ scratch: Scratch) {
        do {
            try read(bytes, scratch)
        } catch {
            // Every refusal can be told to an operator.
            precondition(!"\(error)".isEmpty)
        }
    }

    private func read(_ bytes: [UInt8], _ scratch: Scratch) throws {
        switch self {
        case .settings:
            _ = try Settings(contentsOf: scratch.file("assay.yaml", bytes), dropIns: nil)
        case .objects:
            _ = try ObjectsFile(parsing: String(decoding: bytes, as: UTF8.self), file: "objects.yaml")
        case .manifest:
            let manifest = try SupportSetManifest(fileContent: bytes, path: "manifest.json")
            _ = manifest.ignored(in: PixelSize(width: 640, height: 480))
            _ = manifest.counterexamples
        case .logical:
            let bank = try LogicalBank(fileContent: bytes, path: "logical.bank")
            // What is read is what was written.
            let again = try LogicalBank(fileContent: bank.fileContent, path: "logical.bank")
            precondition(again == bank)
        case .structural:
            let bank = try StructuralBank(mapping: scratch.file("structural.bank", bytes))
            let sum = unsafe bank.rows.withElements { unsafe $0.reduce(0, +) }
            precondition(sum.isFinite && bank.core.rowCount > 0)
        case .classes:
            _ = try ClassHead(fileContent: bytes, path: "classes.bank", channelCount: 6)
        case .labels:
            _ = try ObjectLabels(contentsOf: scratch.file("labels.json", bytes))
        case .camera:
            _ = try CameraRecord(contentsOf: scratch.file("camera.json", bytes))
        case .archive: try unpack(bytes, scratch)
        case .mended: try unpack(Self.mended(bytes), scratch)
        case .signature:
            guard let signature = SetSignature(fileContent: bytes) else { return }
            precondition(!signature.isValid(for: [1, 2, 3]))
            precondition(SetSignature(fileContent: signature.fileContent) == signature)
        case .key:
            let key = try PublicKey(contentsOf: scratch.file("key.pub", bytes))
            precondition(PublicKey("\(key)") == key)
        case .command:
            for name in CommandName.allCases { Self.ask(name, bytes) }
        case .control:
            let request = try JSONDecoder().decode(ControlRequest.self, from: Data(bytes))
            let again = try JSONDecoder().decode(ControlRequest.self, from: JSONEncoder().encode(request))
            precondition(again == request)
        case .json:
            _ = try JSONText(parsing: bytes)
        case .picture:
            _ = try Image(decodingFile: bytes)
        case .frame: try decode(bytes)
        case .model:
            _ = scratch.file(ModelManifest.fileName, bytes)
            _ = try ModelBundle(opening: scratch.folder)
        case .annotations:
            _ = try AnnotationFile(contentsOf: scratch.file("annotations.json", bytes))
        case .coco: try annotate(.coco, scratch.file("annotations.json", bytes), scratch)
        case .labelme:
            _ = scratch.file("1.json", bytes)
            try annotate(.labelme, scratch.folder, scratch)
        case .yolo:
            _ = scratch.file("1.txt", bytes)
            try annotate(.yolo, scratch.folder, scratch)
        }
    }

    private static func ask(_ name: CommandName, _ bytes: [UInt8]) {
        do {
            _ = try CommandRequest(name, reading: bytes)
        } catch {
            precondition(!"\(error)".isEmpty)
        }
    }

    private static let formats: [PixelFormat] = [
        .yuyv, .uyvy, .yvyu, .vyuy, .nv12, .nv21, .nv16, .nv61, .yuv420, .yvu420, .yuv422p, .grey, .y10, .y12, .y16,
        .rgb24, .bgr24, .bggr8, .gbrg8, .grbg8, .rggb8, .mjpeg,
    ]

    /// The same archive with the right checksum in every header, so that what else is wrong with it is seen.
    private static func mended(_ archive: [UInt8]) -> [UInt8] {
        var bytes = archive
        for start in stride(from: 0, to: bytes.count - 511, by: 512)
        where bytes[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8) {
            let checksum = (start + 148)..<(start + 156)
            var sum = 8 * 32
            for index in start..<(start + 512) where !checksum.contains(index) { sum += Int(bytes[index]) }
            let digits = String(sum, radix: 8)
            let text = String(repeating: "0", count: 6 - digits.utf8.count) + digits
            bytes.replaceSubrange(checksum, with: Array(text.utf8) + [0, 32])
        }
        return bytes
    }

    /// Whatever the archive is, nothing appears but the folder, and that only when it is whole.
    private func unpack(_ bytes: [UInt8], _ scratch: Scratch) throws {
        let archive = scratch.file("set.assayset", bytes)
        var isUnpacked = false
        defer {
            let expected = isUnpacked ? ["out", "set.assayset"] : ["set.assayset"]
            precondition(scratch.names.sorted() == expected, "\(scratch.names) lie there")
            if isUnpacked { scratch.discard("out") }
        }
        let bounds = SetBounds(mostBytes: 8 << 20, mostFiles: 64)
        try SetArchive(opening: archive, within: bounds).unpack(to: scratch.folder + "/out")
        isUnpacked = true
        _ = try SupportSet(opening: scratch.folder + "/out")
    }

    /// The first three bytes choose size and format of a camera's frame, the others are the frame.
    private func decode(_ bytes: [UInt8]) throws {
        guard bytes.count > 3 else { return }
        let format = Self.formats[Int(bytes[0]) % Self.formats.count]
        let layout = try ImageLayout(
            width: 8 + Int(bytes[1]) % 64, height: 8 + Int(bytes[2]) % 64, format: format)
        var image = Image(width: 1, height: 1, pixels: [0, 0, 0])
        var decoder = FrameDecoder()
        let frame = Array(bytes.dropFirst(3))
        try unsafe frame.withUnsafeBytes { raw in
            try unsafe decoder.decode(FramePieces(raw), layout: layout, into: &image)
        }
    }

    private func annotate(_ format: AnnotationFormat, _ path: String, _ scratch: Scratch) throws {
        let picture = PictureToAnnotate(path: "1.png", size: PixelSize(width: 64, height: 48))
        let names = scratch.file("names.txt", Array("bolt\nclip\n".utf8))
        _ = try AnnotationImport.read(format, from: path, names: names, for: [picture])
    }
}
