internal import CVideo4Linux
internal import Glibc
internal import Imaging

/// An open capture device that does not stream.
struct Camera: ~Copyable {
    let descriptor: OwnedDescriptor
    let device: String
    let card: String
    let driver: String
    let busInfo: String

    /// What is known of the node, completed by what the driver says.
    let node: CameraNode

    /// `VIDIOC_QUERYCAP`. Errors: `notACamera` for metadata, output and multi-planar nodes.
    ///
    /// - Parameter known: what udev says of it; its device is where the path leads to.
    init(opening device: String, known: CameraNode? = nil) throws(CaptureError) {
        let descriptor = try OwnedDescriptor(opening: device)
        var capability = v4l2_capability()
        if let failure = descriptor.outcome(of: assay_VIDIOC_QUERYCAP, &capability) {
            // A file or a foreign device answers with one of several errors; none of them is a camera.
            throw failure.code == ENODEV ? .deviceMissing(device: device) : .notACamera(device: device)
        }
        let hasOwn = capability.capabilities & assay_V4L2_CAP_DEVICE_CAPS != 0
        let able = hasOwn ? capability.device_caps : capability.capabilities
        guard able & assay_V4L2_CAP_VIDEO_CAPTURE != 0, able & assay_V4L2_CAP_STREAMING != 0 else {
            throw .notACamera(device: device)
        }
        let card = Self.text(capability.card)
        let driver = Self.text(capability.driver)
        let busInfo = Self.text(capability.bus_info)
        let node = (known ?? CameraNode(device: device)).completed(card: card, bus: busInfo, driver: driver)
        self.device = device
        self.card = card
        self.driver = driver
        self.busInfo = busInfo
        self.node = node
        self.descriptor = descriptor
    }

    /// Agrees on format, size and rate, maps the buffers and starts.
    ///
    /// The rate is set after the format, because `VIDIOC_S_FMT` resets it on some cameras. What the driver makes of
    /// it is checked: another format or size than asked for is an error, another rate is reported.
    consuming func stream(_ request: CameraRequest) throws(CaptureError) -> CameraStream {
        let modes = modes
        guard let choice = ModeChoice(from: modes, for: request) else { throw refusal(of: request, modes) }

        var agreed = unsafe v4l2_format()
        unsafe agreed.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        unsafe agreed.fmt.pix.width = UInt32(choice.size.width)
        unsafe agreed.fmt.pix.height = UInt32(choice.size.height)
        unsafe agreed.fmt.pix.pixelformat = choice.fourCC.code
        unsafe agreed.fmt.pix.field = V4L2_FIELD_NONE.rawValue
        try unsafe descriptor.request("VIDIOC_S_FMT", assay_VIDIOC_S_FMT, &agreed)
        let pixels = unsafe agreed.fmt.pix
        let size = PixelSize(width: Int(pixels.width), height: Int(pixels.height))
        guard FourCC(pixels.pixelformat).format == choice.fourCC.format, request.size == nil || request.size == size,
            let format = choice.fourCC.format,
            let layout = Self.layout(format, pixels)
        else { throw refusal(of: request, modes) }

        let rate = agreeRate(choice.rate)
        // After format and rate, which exposure depends on, and before the first frame is exposed.
        let watch = ControlWatch(setting: request.controls, on: descriptor)
        let description = CameraDescription(
            device: device, card: card, driver: driver, busInfo: busInfo, format: format, size: size, rate: rate,
            controls: watch.controls, node: node)
        let queue = try BufferQueue(
            of: descriptor, count: request.bufferCount, neededByteCount: layout.neededByteCount)
        return try CameraStream(
            starting: queue, layout: layout, encoding: ColourEncoding(pixels), description: description,
            watch: watch, warmUpFrameCount: request.warmUpFrameCount)
    }

    private func refusal(of request: CameraRequest, _ modes: [CameraMode]) -> CaptureError {
        // A few are enough to choose from in one line of a log.
        let offered = modes.prefix(12).map(\.wording).joined(separator: "; ")
        return .unsupportedFormat(
            device: device, wanted: request.wording,
            offered: offered.isEmpty ? "nothing" : offered + (modes.count > 12 ? "; …" : ""))
    }

    /// Nil when the driver's numbers contradict themselves.
    private static func layout(_ format: PixelFormat, _ pixels: v4l2_pix_format) -> ImageLayout? {
        let isPlain = format != .mjpeg && pixels.bytesperline != 0
        do throws(ImagingError) {
            return try ImageLayout(
                width: Int(pixels.width), height: Int(pixels.height),
                bytesPerRow: isPlain ? Int(pixels.bytesperline) : nil, format: format)
        } catch {
            return nil
        }
    }

    /// `VIDIOC_S_PARM`, then what the driver says it runs at.
    private func agreeRate(_ wanted: Double?) -> Double? {
        var parameters = v4l2_streamparm()
        parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
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

    /// The text in a C array of the kernel: up to its first zero, without control characters.
    static func text<Characters>(_ characters: Characters) -> String {
        let bytes = unsafe withUnsafeBytes(of: characters) { unsafe Array($0.prefix { $0 != 0 }) }
        return text(bytes)
    }

    /// Up to the first zero, without control characters.
    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }
}

extension ColourEncoding {
    /// What the driver says, with V4L2's defaults for what it leaves open.
    fileprivate init(_ pixels: v4l2_pix_format) {
        let isBT709 =
            pixels.ycbcr_enc == V4L2_YCBCR_ENC_709.rawValue
            || pixels.ycbcr_enc == V4L2_YCBCR_ENC_DEFAULT.rawValue
                && pixels.colorspace == V4L2_COLORSPACE_REC709.rawValue
        let isFull =
            pixels.quantization == V4L2_QUANTIZATION_FULL_RANGE.rawValue
            || pixels.quantization == V4L2_QUANTIZATION_DEFAULT.rawValue
                && pixels.colorspace == V4L2_COLORSPACE_JPEG.rawValue
        self.init(standard: isBT709 ? .bt709 : .bt601, range: isFull ? .full : .limited)
    }
}
