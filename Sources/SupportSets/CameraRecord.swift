internal import Foundation

/// `camera.json`: the camera and the controls under which the pictures beside it were taken.
///
/// Written with the pictures and read when they are enrolled; pictures of one folder share one record.
package struct CameraRecord: Codable, Equatable, Sendable {
    package static let schema = "assay.camera-record/1"
    package static let fileName = "camera.json"
    package static let mostControls = 128
    private static let mostBytes = 64 << 10

    package struct Camera: Codable, Equatable, Sendable {
        /// As the settings name it.
        package var id: String

        /// What it calls itself.
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package struct Frame: Codable, Equatable, Sendable {
        package var format: String
        package var width: Int
        package var height: Int

        package init(format: String, width: Int, height: Int) {
            self.format = format
            self.width = width
            self.height = height
        }
    }

    /// The part of the frame that the pictures show; absent for the whole.
    package struct Region: Codable, Equatable, Sendable {
        package var x: Int
        package var y: Int
        package var width: Int
        package var height: Int

        package init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    package var schema: String
    package var camera: Camera
    package var frame: Frame
    package var region: Region?

    /// Values of the controls that stay as they were set, by name.
    package var controls: [String: Int]

    package init(camera: Camera, frame: Frame, region: Region?, controls: [String: Int]) {
        schema = Self.schema
        self.camera = camera
        self.frame = frame
        self.region = region
        self.controls = controls
    }

    /// As a support set's manifest has them.
    package var manifestControls: [String: String] { controls.mapValues(String.init) }

    /// Reads a record and refuses whatever no snapshot writes.
    package init(contentsOf path: String) throws(SupportSetError) {
        let data = Data(try SupportSetFolder.read(path, upTo: Self.mostBytes))
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch {
            throw .damagedRecord(path: path, problem: SupportSetFolder.text(of: error))
        }
        guard schema == Self.schema else { throw .damagedRecord(path: path, problem: "its schema is \"\(schema)\"") }
        if let key = Self.foreignKey(in: data) {
            throw .damagedRecord(path: path, problem: "it has the unknown key \"\(key)\"")
        }
        if let problem = Self.problem(with: manifestControls) { throw .damagedRecord(path: path, problem: problem) }
    }

    package var content: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(self)) + [0x0A]
        } catch {
            preconditionFailure("numbers and texts are always JSON: \(error)")
        }
    }

    /// What is wrong with controls as a manifest has them; nil when nothing is.
    static func problem(with controls: [String: String]) -> String? {
        if controls.count > mostControls { return "it has \(controls.count) controls, above \(mostControls)" }
        for (name, value) in controls {
            let letters = "abcdefghijklmnopqrstuvwxyz0123456789_".utf8
            guard !name.isEmpty, name.utf8.count <= 96, name.utf8.allSatisfy({ letters.contains($0) }) else {
                return "it names a control as no camera does"
            }
            guard Int(value) != nil else { return "its control \(name) is no whole number" }
        }
        return nil
    }

    private static func foreignKey(in data: Data) -> String? {
        let known: [String: Set<String>] = [
            "camera": ["id", "name"], "frame": ["format", "width", "height"], "region": ["x", "y", "width", "height"],
        ]
        do {
            let top = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
            for (key, value) in top.sorted(by: { $0.key < $1.key }) where key != "schema" && key != "controls" {
                guard let names = known[key] else { return key }
                let section = value as? [String: Any] ?? [:]
                if let foreign = section.keys.sorted().first(where: { !names.contains($0) }) {
                    return "\(key).\(foreign)"
                }
            }
            return nil
        } catch {
            return nil
        }
    }
}
