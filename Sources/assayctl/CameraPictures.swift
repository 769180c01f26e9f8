internal import Capture
internal import Imaging
internal import Settings
internal import Station
internal import SupportSets
internal import Synchronization

/// Pictures of a line's camera, opened here because no daemon does.
final class CameraPictures: PictureTaker {
    private let settings: LineSettings
    private let source: any FrameSource
    private let slot = LatestFrame()
    private let state = SharedState()
    private let wishes = SharedWishes()

    private final class SharedState: Sendable {
        let latest = Mutex<SourceState?>(nil)
    }

    private final class SharedWishes: Sendable {
        let open = Mutex<[PictureWish]>([])
    }

    /// - Parameter socket: where a daemon would have been asked.
    init(line name: String, config: String, socket: String) throws {
        let settings: Settings
        do throws(SettingsErrors) {
            settings = try Settings(contentsOf: config, dropIns: Settings.dropInDirectory(besides: config))
        } catch {
            throw CommandFailure.badInput(
                """
                no daemon serves \(socket), and the settings that name the camera are not valid:
                \(error.description)
                """)
        }
        guard let line = settings.lines.first(where: { $0.name == name }) else {
            let names = settings.lines.map(\.name).joined(separator: ", ")
            throw CommandFailure.badInput(
                "\(config): has no line called \(name); its lines are: \(names.isEmpty ? "none" : names)")
        }
        self.settings = line
        source = StationParts.source(for: line, workerCount: 1)
        let (state, wishes) = (state, wishes)
        slot.admit { frame in
            for wish in wishes.open.withLock({ $0 }) where wish.offer(frame) {
                wishes.open.withLock { $0.removeAll { $0 === wish } }
            }
            return .newest
        }
        do throws(CaptureError) {
            try source.start(into: slot, ringing: try Doorbell()) { new in state.latest.withLock { $0 = new } }
        } catch {
            throw CommandFailure.unreachable("\(error)")
        }
    }

    func next() throws -> TakenPicture {
        do {
            let wish = try PictureWish()
            wishes.open.withLock { $0.append(wish) }
            // Whatever waits in the slot is older, and a replay may wait for its taker.
            slot.clear()
            let picture = wish.wait(until: .now.advanced(by: settings.patience)) { why != nil }
            guard let picture else {
                throw CommandFailure.unreachable(why ?? "no picture came within \(settings.patience)")
            }
            guard case .streaming(let camera) = state.latest.withLock({ $0 }) else {
                throw CommandFailure.unreachable(why ?? "the camera stopped streaming; try again")
            }
            return TakenPicture(
                png: try settings.judgedPart(ofUpright: picture.image).png(),
                record: CameraRecord(of: picture, description: camera, settings: settings, id: settings.cameraID),
                warnings: camera.controls.faults.map(\.description))
        } catch let error as ImagingError {
            throw CommandFailure.badInput("lines.\(settings.name): \(error)")
        } catch let error as CaptureError {
            throw CommandFailure.unreachable("\(error)")
        }
    }

    func stop() { source.stop() }

    /// Why no picture can be had; nil while one may come.
    private var why: String? {
        switch state.latest.withLock({ $0 }) {
        case .lost(let error): "\(error)"
        case .ended: "the replay has finished"
        case nil, .opening, .streaming: nil
        }
    }
}

extension LineSettings {
    /// The first picture comes after the camera has started and warmed up.
    fileprivate var patience: Duration {
        switch camera {
        case .device(let device): .seconds(10) + .seconds(Double(device.warmUpFrameCount + 2) / device.rate)
        case .replay(let replay): .seconds(10) + .seconds(2 / replay.rate)
        }
    }
}
