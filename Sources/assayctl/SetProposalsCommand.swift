internal import ArgumentParser
internal import Foundation
internal import Publishing
internal import Station

struct SetProposalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals",
        abstract: "List, hand out or discard the pictures that people marked.",
        discussion: """
            Over-kills (good parts that were failed) are proposals for the next set: export them, look at them, and \
            enrol. Escapes (bad parts that were passed) block every set for their line that would pass them, until they \
            are discarded.

            Examples:
              assayctl set proposals
              assayctl set proposals tray --export to-enrol
              assayctl set proposals tray --discard 0190163d-8694-739b-aea5-966c26f8ad91
            """)

    @Argument(help: "The line; without it all.")
    var line: String?

    @Option(help: "Copy the pictures of the over-kills, with what is known of them, into this folder.")
    var export: String?

    @Option(help: "Discard the picture of this verdict; needs the line.")
    var discard: String?

    @Option(
        name: .customLong("state-dir"),
        help: "The daemon's state folder (STATE_DIRECTORY, else \(StationPlaces.installedState)).")
    var state: String?

    @OptionGroup
    var daemon: DaemonOptions

    func validate() throws {
        if discard != nil, line == nil { throw ValidationError("--discard needs the line's name.") }
        if discard != nil, export != nil { throw ValidationError("--discard and --export cannot be given together.") }
    }

    func run() throws {
        if let discard { return try remove(discard) }
        let places = StationPlaces(state: state, runtime: nil, environment: Environment.folders)
        guard FileManager.default.isReadableFile(atPath: places.marks) else {
            throw CommandFailure.badInput(
                "\(places.marks): cannot be read; is --state-dir the daemon's, and this user in the group assay?")
        }
        let shelf = MarkShelf(folder: places.marks)
        if let line, !shelf.lines.contains(line) { return print("\(line): nothing is marked") }
        for name in line.map({ [$0] }) ?? shelf.lines {
            for kind in MarkShelf.Kind.allCases {
                for id in shelf.ids(of: name, kind) {
                    let path = "\(shelf.folder(of: name, kind))/\(id)"
                    if let export, kind == .proposals {
                        try copy(path, to: export, as: "\(name)-\(id)")
                    } else if export == nil {
                        print("\(name)  \(kind == .proposals ? "overkill" : "escape  ")  \(id)  \(path).png")
                    }
                }
            }
        }
    }

    private func copy(_ path: String, to folder: String, as name: String) throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let target = "\(folder)/\(name).png"
            if !files.fileExists(atPath: target) { try files.copyItem(atPath: path + ".png", toPath: target) }
            print(target)
        } catch {
            throw CommandFailure.badInput("\(folder): the picture cannot be copied (\(error.localizedDescription))")
        }
    }

    private func remove(_ id: String) throws {
        let bytes = try daemon.ask(ControlRequest(.discardMark, line: line, verdict: id), within: .seconds(10))
        do {
            let error = try JSONDecoder().decode(ControlError.self, from: Data(bytes))
            throw CommandFailure.badInput(PlainText.of(error.error))
        } catch is DecodingError {
            print("discarded \(PlainText.of(id))")
        }
    }
}
