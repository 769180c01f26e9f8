internal import CVideo4Linux
internal import Imaging

extension Camera {
    /// Agrees on format, size and rate, maps the buffers and starts.
    ///
    /// The rate is set after the format, because `VIDIOC_S_FMT` resets it on some cameras. What the driver makes of
    /// it is checked: another format or size than asked for is an error, another rate is reported.
    consuming func stream(_ request: CameraRequest, ringing bell: WakeEvent) throws(CaptureError) -> CameraStream {
        let modes = modes
        guard let choice = ModeChoice(from: modes, for: request) else { throw refusal(of: request, modes) }

        useDefaultCrop()
        let agreed = try AgreedFormat(asking: descriptor, for: choice.fourCC, choice.size, type: type)
        guard agreed.fourCC.format == choice.fourCC.format, request.size == nil || request.size == agreed.size,
            let layout = agreed.layout, let encoding = agreed.encoding
        else { throw refusal(of: request, modes) }
        try fillFrame(of: agreed.size)

        let rate = agreeRate(choice.rate)
        // After format and rate, which exposure depends on, and before the first frame is exposed.
        let watch = ControlWatch(setting: request.controls, on: descriptor)
        let description = CameraDescription(
            device: device, card: card, driver: driver, busInfo: busInfo, format: layout.format, size: agreed.size,
            rate: rate, controls: watch.controls, node: node, crop: selection(assay_V4L2_SEL_TGT_CROP))
        let queue = try BufferQueue(
            of: descriptor, type: type, count: request.bufferCount, layout: layout, ringing: bell)
        return try CameraStream(
            starting: queue, layout: layout, encoding: encoding, description: description, watch: watch,
            warmUpFrameCount: request.warmUpFrameCount)
    }

    private func refusal(of request: CameraRequest, _ modes: [CameraMode]) -> CaptureError {
        // A few are enough to choose from in one line of a log.
        let offered = modes.prefix(12).map(\.wording).joined(separator: "; ")
        return .unsupportedFormat(
            device: device, wanted: request.wording,
            offered: offered.isEmpty ? "nothing" : offered + (modes.count > 12 ? "; …" : ""))
    }

    /// `VIDIOC_S_PARM`, then what the driver says it runs at.
    private func agreeRate(_ wanted: Double?) -> Double? {
        var parameters = v4l2_streamparm()
        parameters.type = type.rawValue
        guard descriptor.outcome(of: assay_VIDIOC_G_PARM, &parameters) == nil else { return nil }
        let isSettable = unsafe parameters.parm.capture.capability & assay_V4L2_CAP_TIMEPERFRAME != 0
        if let wanted, isSettable, wanted > 0.001, wanted < 10_000 {
            unsafe parameters.parm.capture.timeperframe = v4l2_fract(
                numerator: 1000, denominator: UInt32((wanted * 1000).rounded()))
            // A refusal leaves the rate as it is, which is what we report.
            _ = descriptor.outcome(of: assay_VIDIOC_S_PARM, &parameters)
        }
        return unsafe parameters.parm.capture.timeperframe.rate
    }
}
