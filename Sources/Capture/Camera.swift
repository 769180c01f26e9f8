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

    /// What its buffers are: of one plane, or of several where it knows no other.
    let type: v4l2_buf_type

    /// `VIDIOC_QUERYCAP`. Errors: `notACamera` for metadata and output nodes.
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
        guard able & (assay_V4L2_CAP_VIDEO_CAPTURE | assay_V4L2_CAP_VIDEO_CAPTURE_MPLANE) != 0,
            able & assay_V4L2_CAP_STREAMING != 0
        else { throw .notACamera(device: device) }
        type =
            able & assay_V4L2_CAP_VIDEO_CAPTURE != 0
            ? V4L2_BUF_TYPE_VIDEO_CAPTURE : V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE
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
