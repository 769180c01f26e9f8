import Capture
import Testing

struct CameraListTests {
    @Test func nodesThatAreNoCamerasAreLeftOut() {
        let list = CameraList(devices: ["/dev/null", "/dev/there-is-none", #filePath, "/tmp"])
        #expect(list.cameras.isEmpty)
    }

    @Test func everyReasonHasItsOwnCodeAndARemedy() {
        let device = "/dev/video7"
        let reasons: [CaptureError] = [
            .deviceMissing(device: device), .permissionDenied(device: device), .busy(device: device, holder: nil),
            .notACamera(device: device), .unsupportedFormat(device: device, wanted: "grey", offered: "yuyv"),
            .noBandwidth(device: device), .noFrames(device: device, after: .seconds(1)),
            .requestFailed(device: device, request: "VIDIOC_DQBUF", Errno(5)), .noImages(path: device),
            .formatChanged(device: device, from: "yuyv 640×480", to: "yuyv 320×240"),
            .driverHung(device: device, for: .seconds(1)), .ambiguous(name: CameraName(.device, device), cameras: []),
            .folderUnreadable(path: device, Errno(13)),
        ]
        #expect(Set(reasons.map(\.code)).count == reasons.count)
        for reason in reasons { #expect(reason.description.contains(device)) }
    }
}
