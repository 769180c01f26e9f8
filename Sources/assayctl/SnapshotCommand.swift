internal import ArgumentParser
internal import Foundation
internal import Settings
internal import Station
internal import SupportSets

struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Take pictures with a line's camera, as the line sees them, to enrol.",
        discussion: """
            Asks the running daemon for the next pictures of the line; where no daemon runs, opens the camera itself \
            by the settings. The pictures show the part of the frame that the line judges. Beside them camera.json \
            keeps the camera's controls, which assayctl enroll takes over into the support set.

            Examples:
              assayctl snapshot tray --into good
              assayctl snapshot tray --into good --count 8 --interval 2
              assayctl snapshot tray --into good --config assay.yaml

            Exit code 4 when the daemon or the camera cannot be reached.
            """)

    @Argument(help: "The line.")
    var line: String

    @Option(help: "The folder for the pictures; made if it is not there.")
    var into: String

    @Option(help: "How many pictures, 1 to 1000.")
    var count = 1

    @Option(help: "Seconds between two pictures, 0 to 3600.")
    var interval = 1.0

    @Option(help: "The settings, where no daemon runs.")
    var config = "/etc/assay/assay.yaml"

    @OptionGroup
    var daemon: DaemonOptions

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--count must be 1 to 1000.") }
        guard (0...3600).contains(interval) else { throw ValidationError("--interval must be 0 to 3600 seconds.") }
    }

    func run() throws {
        let taker: any PictureTaker
        if daemon.isServed {
            taker = DaemonPictures(line: line, daemon: daemon)
        } else {
            taker = try CameraPictures(line: line, config: config, socket: daemon.socket)
        }
        defer { taker.stop() }
        let folder = SnapshotFolder(into)
        var warned: Set<String> = []
        for number in 1...count {
            if number > 1 { Thread.sleep(forTimeInterval: interval) }
            let picture = try taker.next()
            for warning in picture.warnings where warned.insert(warning).inserted {
                StandardError.write("warning: \(warning)")
            }
            print(try folder.add(picture, line: line))
        }
    }
}

/// One picture for enrolment, with the camera that took it.
struct TakenPicture {
    let png: [UInt8]
    let record: CameraRecord
    let warnings: [String]
}

/// Where pictures come from: the daemon, or the camera itself.
protocol PictureTaker {
    /// The next whole picture.
    func next() throws -> TakenPicture
    func stop()
}
