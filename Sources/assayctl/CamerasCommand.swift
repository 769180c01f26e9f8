internal import ArgumentParser
internal import Capture
internal import Foundation
internal import Imaging

/// Lists the cameras of this machine.
struct CamerasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cameras",
        abstract: "List the cameras of this machine with their names, formats, sizes, rates and controls.",
        discussion: """
            For each camera a line is printed that can be pasted into the settings of a line; it names the camera \
            by what tells it from the others, and holds what it does best. Any listed name, format, size and rate \
            may be put in its place.

            Examples:
              assayctl cameras
              assayctl cameras --json

            Exit code 4 when there is no camera.
            """)

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let list = CameraList()
        for refusal in list.refused { StandardError.write("assayctl: \(refusal)") }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(CameraListing(list)), as: UTF8.self))
        }
        guard !list.cameras.isEmpty else {
            throw CommandFailure.unreachable(
                """
                no camera found: plug one in; if it is plugged in, add this user to the group video \
                (usermod -aG video USER, then log in again); in a container, pass it with --device /dev/video0
                """)
        }
        if !json { print(list.cameras.map { CameraPage($0, among: list).text }.joined(separator: "\n\n")) }
    }
}

/// The list as JSON.
private struct CameraListing: Encodable {
    struct Camera: Encodable {
        let device: String
        let card: String
        let driver: String
        let bus: String

        /// The keys by which the settings can name it, with their values.
        let names: [String: String]

        /// The key that is best to name it by.
        let namedBy: String
        let best: Mode?
        let modes: [Mode]
        let controls: [ControlListing]

        enum CodingKeys: String, CodingKey {
            case device, card, driver, bus, names, best, modes, controls
            case namedBy = "named_by"
        }
    }

    struct Mode: Encodable {
        /// The name for the settings; absent for a format that cannot be read.
        let format: String?
        let fourcc: String
        let width: Int
        let height: Int

        /// The least size of a range that ends at `width` and `height`; absent for a single size.
        let leastWidth: Int?
        let leastHeight: Int?
        let rates: [Double]

        enum CodingKeys: String, CodingKey {
            case format, fourcc, width, height, rates
            case leastWidth = "least_width"
            case leastHeight = "least_height"
        }
    }

    let cameras: [Camera]
    let refused: [String]

    init(_ list: CameraList) {
        cameras = list.cameras.map { camera in
            Camera(
                device: camera.device, card: camera.card, driver: camera.driver, bus: camera.busInfo,
                names: CameraPage(camera, among: list).names, namedBy: CameraPage(camera, among: list).key.rawValue,
                best: camera.best.map { best in
                    Mode(
                        format: best.fourCC.format?.rawValue, fourcc: best.fourCC.description, width: best.size.width,
                        height: best.size.height, leastWidth: nil, leastHeight: nil,
                        rates: best.rate.map { [$0] } ?? [])
                },
                modes: camera.modes.map { mode in
                    Mode(
                        format: mode.fourCC.format?.rawValue, fourcc: mode.fourCC.description,
                        width: mode.largest.width, height: mode.largest.height,
                        leastWidth: mode.isSingleSize ? nil : mode.smallest.width,
                        leastHeight: mode.isSingleSize ? nil : mode.smallest.height, rates: mode.rates)
                }, controls: camera.controls.map(ControlListing.init))
        }
        refused = list.refused.map(\.description)
    }
}
