internal import Foundation
internal import Station

/// Pictures of a line that the daemon runs.
struct DaemonPictures: PictureTaker {
    let line: String
    let daemon: DaemonOptions

    func next() throws -> TakenPicture {
        let bytes = Data(try daemon.ask(ControlRequest(.snapshot, line: line), within: .seconds(120)))
        do {
            let answer = try JSONDecoder().decode(SnapshotAnswer.self, from: bytes)
            guard let png = Data(base64Encoded: answer.png) else { throw CocoaError(.coderInvalidValue) }
            return TakenPicture(png: [UInt8](png), record: answer.camera, warnings: answer.warnings)
        } catch {
            throw CommandFailure.unreachable("the daemon has no picture: \(Self.refusal(in: bytes))")
        }
    }

    func stop() {}

    private static func refusal(in bytes: Data) -> String {
        do {
            return try JSONDecoder().decode(ControlError.self, from: bytes).error
        } catch {
            return "its answer cannot be understood; is it of this version?"
        }
    }
}
