/// The pixel format asked of a camera.
package enum CameraFormat: String, CaseIterable, Sendable {
    case yuyv, nv12, grey, rgb24, bgr24, mjpeg
}
