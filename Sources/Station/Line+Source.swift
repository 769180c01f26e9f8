internal import Capture
internal import Health
internal import Imaging
internal import Publishing
internal import Settings
internal import Synchronization
internal import Verdicts

extension Line {
    /// Starts `source`; a line has one at a time.
    func start(_ source: any FrameSource, ringing bell: Doorbell) {
        self.source.withLock { $0 = source }
        do throws(CaptureError) {
            try source.start(into: slot, ringing: bell) { [weak self] in self?.sourceChanged(to: $0) }
        } catch {
            sourceChanged(to: .lost(error))
        }
    }

    /// Has the source look whether its thread hangs; to be called a few times a second.
    func lookAtSource() { source.withLock { $0 }?.look() }

    /// Asks the source to end, so that several end at the same time.
    func requestStop() { source.withLock { $0 }?.requestStop() }

    /// Ends the source; a frame nobody took counts as skipped.
    ///
    /// - Returns: false when the source's thread hangs in its driver and was left behind.
    @discardableResult
    func stopSource(within limit: Duration = .seconds(1)) -> Bool {
        guard let source = source.withLock({ $0.take() }) else { return true }
        let hasEnded = source.stop(within: limit)
        slot.clear()
        let lost = state.withLock { state in
            state.formerLoss += source.counters.total
            state.formerFaults.add(source.counters)
            return state.triggers.loseClaim()
        }
        for occasion in lost { answerUnseen(occasion, .noFrame) }
        if !hasEnded {
            announcer.event(
                .cameraHung, line: name, why: "its thread does not end and was left behind",
                data: ["camera": orders.camera, "left_behind": "\(SourceThreads.leftBehindCount)"])
        }
        return hasEnded
    }

    /// Tells that the camera is stopped for good.
    func sayStopped() { sayCamera(.stopped, reason: nil, description: nil) }

    private func sourceChanged(to new: SourceState) {
        let old = state.withLock { state in
            defer { state.compareControls() }
            let old = state.condition.source
            state.change { $0.source = new }
            return old
        }
        switch new {
        case .opening: sayCamera(.opening, reason: nil, description: nil)
        case .streaming:
            if case .lost = old { announcer.event(.cameraBack, line: name, data: ["camera": orders.camera]) }
            sayStreaming()
        case .lost(let error):
            // The source has let go of the frame in the slot.
            for occasion in state.withLock({ $0.triggers.loseClaim() }) { answerUnseen(occasion, .cameraLost) }
            sayCamera(.lost, reason: error.code, description: nil)
            announcer.event(
                error.event, line: name, why: error.description,
                data: ["camera": orders.camera, "cause": error.code])
        case .ended:
            sayCamera(.stopped, reason: "replay_finished", description: nil)
            announcer.event(.replayFinished, line: name, data: ["camera": orders.camera])
        }
        onChange()
    }

    /// Tells what streams, and how its controls stand.
    func sayStreaming() {
        guard case .streaming(let description) = state.withLock({ $0.condition.source }) else { return }
        sayCamera(.streaming, reason: nil, description: description)
        tellControls()
    }

    private func sayCamera(_ cameraState: CameraState, reason: String?, description: CameraDescription?) {
        let (orders, differences) = state.withLock { ($0.orders, $0.controlDifferences) }
        announcer.camera(
            CameraMessage(
                station: announcer.station, line: name, at: .now(), identity: orders.identity(description),
                state: cameraState, reason: reason, format: description?.wireFormat,
                controls: description?.controls.values.mapValues { Int($0) } ?? [:],
                differences: description == nil ? [] : Array(differences.prefix(ControlComparison.mostTold))))
    }
}

extension LineOrders {
    fileprivate func identity(_ description: CameraDescription?) -> CameraIdentity {
        switch settings.camera {
        case .device(let device):
            CameraIdentity(
                kind: .v4l2, id: device.name.value, name: description?.card ?? device.name.wording,
                namedBy: device.name.key.rawValue, node: description?.node.map(CameraNodeFacts.init))
        case .replay(let replay):
            CameraIdentity(kind: .replay, id: replay.path, name: description?.card ?? "replay")
        }
    }
}

extension CameraNodeFacts {
    fileprivate init(_ node: CameraNode) {
        self.init(
            device: node.device, serial: node.serial, byID: node.byID, byPath: node.byPath, model: node.model,
            bus: node.bus, driver: node.driver)
    }
}

extension CameraDescription {
    fileprivate var wireFormat: Publishing.CameraFormat? {
        guard let format, let size else { return nil }
        return Publishing.CameraFormat(pixels: format.rawValue, width: size.width, height: size.height, rate: rate)
    }
}

extension CaptureError {
    fileprivate var event: EventCode {
        if case .driverHung = self { return .cameraHung }
        return isRefusal ? .cameraRefused : .cameraLost
    }

    /// Waiting does not help: the settings or the permissions have to change.
    private var isRefusal: Bool {
        switch self {
        case .unsupportedFormat, .permissionDenied, .notACamera, .ambiguous: true
        default: false
        }
    }
}

extension SourceCounters {
    var total: UInt64 { max(lostFrameCount, errorFrameCount) }
}
