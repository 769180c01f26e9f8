import AssayTestSupport
import Foundation
import SupportSets
import Testing

struct CameraRecordTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("assay-record") }

    private static let record = CameraRecord(
        camera: .init(id: "/dev/video0", name: "Camera"), frame: .init(format: "yuyv", width: 640, height: 480),
        region: .init(x: 1, y: 2, width: 30, height: 40), controls: ["gain": 7, "exposure_time_absolute": 156])

    @Test func whatIsWrittenIsReadAgain() throws {
        let path = try folder.write(Self.record.content, to: "camera.json")
        #expect(try CameraRecord(contentsOf: path) == Self.record)
        var whole = Self.record
        whole.region = nil
        #expect(try CameraRecord(contentsOf: try folder.write(whole.content, to: "whole.json")) == whole)
        #expect(Self.record.manifestControls == ["gain": "7", "exposure_time_absolute": "156"])
    }

    @Test(arguments: [
        ("\"gain\" : 7", "\"gain\" : 7.5", "is not what assayctl snapshot writes"),
        ("\"gain\" : 7", "\"gain\" : \"7\"", "controls"),
        ("\"gain\"", "\"Gain\"", "names a control"), ("\"gain\"", "\"\"", "names a control"),
        ("\"schema\"", "\"colour\" : 1, \"schema\"", "unknown key \"colour\""),
        ("\"name\" : \"Camera\"", "\"name\" : \"Camera\", \"serial\" : 1", "unknown key \"camera.serial\""),
        ("record/1", "record/2", "its schema is"), ("\"controls\"", "\"control\"", "\"controls\" is missing"),
        ("}", "", "is not what assayctl snapshot writes"),
    ])
    func anythingElseIsRefused(from: String, to: String, why: String) throws {
        let text = String(decoding: Self.record.content, as: UTF8.self)
        try #require(text.contains(from))
        let path = try folder.write(text.replacing(from, with: to), to: "camera.json")
        #expect {
            try CameraRecord(contentsOf: path)
        } throws: { error in
            "\(error)".contains(path) && "\(error)".contains(why)
        }
    }

    @Test func aRecordHasBounds() throws {
        var many = Self.record
        for number in 0...CameraRecord.mostControls { many.controls["c\(number)"] = number }
        let crowded = try folder.write(many.content, to: "crowded.json")
        #expect(throws: SupportSetError.self) { try CameraRecord(contentsOf: crowded) }
        let huge = try folder.write(String(repeating: " ", count: 70_000), to: "huge.json")
        #expect(throws: SupportSetError.self) { try CameraRecord(contentsOf: huge) }
    }
}
