internal import Capture
internal import Foundation
internal import Imaging
internal import Publishing
internal import SupportSets
internal import Synchronization

extension Station {
    /// Answers with the next whole picture of a line; on a thread of its own, since it waits and encodes.
    func snapshot(of name: String?, reply: @escaping @Sendable ([UInt8]) -> Void) {
        func refuse(_ why: String) { reply(ControlSocket.bytes(ControlError(why))) }
        let names = roster.lines.map(\.name.description).joined(separator: ", ")
        guard let name else { return refuse("name a line, one of: \(names)") }
        guard let line = roster.line(named: name) else {
            return refuse("no line called \(name) runs; the lines are: \(names.isEmpty ? "none" : names)")
        }
        do {
            let wish = try PictureWish()
            guard line.add(wish) else { return refuse("too many wait for a picture of \(name); try again") }
            do {
                try LoneThread.start(name: "assay-snapshot") {
                    defer { line.remove(wish) }
                    do throws(SnapshotRefusal) {
                        reply(ControlSocket.bytes(try line.snapshot(wish)))
                    } catch {
                        reply(ControlSocket.bytes(ControlError("\(name): \(error.why)")))
                    }
                }
            } catch {
                line.remove(wish)
                throw error
            }
        } catch {
            refuse("\(name): \(error)")
        }
    }
}

extension Station {
    /// Answers a command with the next picture of its line, as JPEG; small enough for a message.
    func snapshot(
        _ request: CommandRequest, _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let line = try line(named: request.line ?? "")
        do {
            let wish = try PictureWish()
            guard line.add(wish) else {
                throw CommandProblem(.busy, "too many wait for a picture of this line; try again later")
            }
            do {
                try LoneThread.start(name: "assay-snapshot") { [self] in
                    defer { line.remove(wish) }
                    do throws(SnapshotRefusal) {
                        reply(answer(to: request, .snapshot(try line.snapshotResult(wish))))
                    } catch {
                        reply(answer(to: request, .refused(CommandProblem(.failed, error.why))))
                    }
                }
            } catch {
                line.remove(wish)
                throw error
            }
        } catch let problem as CommandProblem {
            throw problem
        } catch {
            throw CommandProblem(.failed, "\(error)")
        }
    }
}

/// Why there is no picture.
private struct SnapshotRefusal: Error {
    let why: String
}

extension Line {
    /// Frames of a slow camera take longer.
    private static var patience: Duration { .seconds(10) }

    private func picture(_ wish: PictureWish) throws(SnapshotRefusal) -> PictureWish.Picture {
        let patience = Self.patience + orders.frameInterval * 2
        if let picture = wish.wait(until: .now.advanced(by: patience), isHopeless: { whyNoPicture != nil }) {
            return picture
        }
        throw SnapshotRefusal(
            why: whyNoPicture ?? "no picture came within \(patience); check the camera and its trigger")
    }

    fileprivate func snapshotResult(_ wish: PictureWish) throws(SnapshotRefusal) -> SnapshotResult {
        let picture = try picture(wish)
        do throws(ImagingError) {
            let part = try orders.settings.judgedPart(ofUpright: picture.image)
            for quality in [90, 75, 50, 25] {
                let jpeg = try part.jpeg(quality: quality)
                guard jpeg.count <= Self.mostJPEGBytes else { continue }
                let age = MonotonicTime.now.since(picture.capturedAt)
                return SnapshotResult(
                    line: name.description, at: Timestamp.now().advanced(by: .zero - age), width: part.width,
                    height: part.height, jpeg: Data(jpeg).base64EncodedString(), warnings: controlWarnings)
            }
        } catch {
            throw SnapshotRefusal(why: "\(error)")
        }
        throw SnapshotRefusal(why: "the picture is too large for a message; give the line a region")
    }

    /// Brokers refuse messages that are too large.
    private static var mostJPEGBytes: Int { 1 << 20 }

    fileprivate func snapshot(_ wish: PictureWish) throws(SnapshotRefusal) -> SnapshotAnswer {
        let orders = orders
        let picture = try picture(wish)
        guard let record = record(of: picture) else {
            throw SnapshotRefusal(why: whyNoPicture ?? "the camera stopped streaming; try again")
        }
        let png: [UInt8]
        do throws(ImagingError) {
            png = try orders.settings.judgedPart(ofUpright: picture.image).png()
        } catch {
            throw SnapshotRefusal(why: "\(error)")
        }
        guard png.count <= SnapshotAnswer.mostPNGBytes else {
            throw SnapshotRefusal(
                why: "the picture has \(png.count) bytes, too many to hand over; give the line a region")
        }
        let age = MonotonicTime.now.since(picture.capturedAt)
        return SnapshotAnswer(
            line: name.description, at: Timestamp.now().advanced(by: .zero - age).text, sequence: picture.sequence,
            png: Data(png).base64EncodedString(), camera: record, warnings: controlWarnings)
    }
}
