/// Which moment of a frame its time stamp tells.
package enum StampSource: String, Equatable, Sendable {
    /// The driver stamps the beginning of the exposure (`V4L2_BUF_FLAG_TSTAMP_SRC_SOE`).
    case startOfExposure = "start-of-exposure"

    /// The driver stamps the end of the frame (`V4L2_BUF_FLAG_TSTAMP_SRC_EOF`, the kernel's default).
    case endOfFrame = "end-of-frame"

    /// The stamp cannot be used, or there is none: the time is that of fetching the frame.
    case arrival

    /// - Parameter driver: `uvcvideo` claims the beginning of the exposure, but stamps the first packet of a frame that
    ///   is exposed already (`uvc_video_decode_start`), so its stamps are taken for the later ones they are.
    package init(claimsStart: Bool, driver: String) {
        self = claimsStart && driver != "uvcvideo" ? .startOfExposure : .endOfFrame
    }
}
