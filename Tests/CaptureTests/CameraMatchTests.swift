import Capture
import Testing

struct CameraMatchTests {
    private static func node(
        _ number: Int, serial: String? = nil, byID: String? = nil, byPath: String? = nil, model: String? = nil,
        bus: String? = nil, kind: CameraNode.Kind = .unknown
    ) -> CameraNode {
        var node = CameraNode(device: "/dev/video\(number)")
        node.serial = serial
        node.byID = byID
        node.byPath = byPath
        node.model = model
        node.bus = bus
        node.kind = kind
        return node
    }

    /// Two cameras of one model with their metadata nodes, a card without a serial number, and an output.
    private static let nodes = [
        node(0, serial: "A", byID: "usb-X_A-video-index0", byPath: "p1-video-index0", model: "X", bus: "usb-h-1"),
        node(
            1, serial: "A", byID: "usb-X_A-video-index1", byPath: "p1-video-index1", model: "X", bus: "usb-h-1",
            kind: .other),
        node(2, serial: "B", byID: "usb-X_B-video-index0", byPath: "p2-video-index0", model: "X", bus: "usb-h-2"),
        node(4, model: "Card", bus: "PCI:0000:01:00.0"),
        node(9, model: "Output", kind: .other),
    ]

    @Test(arguments: [
        (CameraName(.serial, "A"), 0), (CameraName(.serial, "B"), 2), (CameraName(.byID, "usb-X_B-video-index0"), 2),
        (CameraName(.byPath, "p1-video-index0"), 0), (CameraName(.model, "Card"), 4),
        (CameraName(.bus, "usb-h-2"), 2), (CameraName(.bus, "PCI:0000:01:00.0"), 4),
        (CameraName(.device, "/dev/video4"), 4),
    ])
    func aCameraIsFoundByEachOfItsNames(name: CameraName, number: Int) throws {
        let node = try #require(Self.nodes.first { $0.device == "/dev/video\(number)" })
        #expect(CameraMatch(of: name, among: Self.nodes) == .one(node))
    }

    @Test(arguments: [
        CameraName(.serial, "a"), CameraName(.serial, ""), CameraName(.serial, "C"), CameraName(.model, "Output"),
        CameraName(.byID, "usb-X_A-video-index1"), CameraName(.byPath, "p1"), CameraName(.bus, "usb-h"),
    ])
    func nothingElseIsTakenForACamera(name: CameraName) {
        #expect(CameraMatch(of: name, among: Self.nodes) == .none)
    }

    @Test func theOrderOfTheNodesDoesNotMatter() {
        let name = CameraName(.serial, "B")
        #expect(CameraMatch(of: name, among: Self.nodes.reversed()) == CameraMatch(of: name, among: Self.nodes))
    }

    @Test func twoCamerasOfOneNameAreBothNamed() {
        #expect(
            CameraMatch(of: CameraName(.model, "X"), among: Self.nodes) == .several([Self.nodes[0], Self.nodes[2]]))
        let error = CaptureError.ambiguous(name: CameraName(.model, "X"), cameras: [Self.nodes[0], Self.nodes[2]])
        #expect(
            error.description
                == "2 cameras have model X: /dev/video0, which serial: A tells apart; "
                + "/dev/video2, which serial: B tells apart")
    }

    @Test func aNodeThatWasNotAskedYetStaysACandidate() {
        var nodes = Self.nodes
        nodes[1].kind = .unknown
        #expect(CameraMatch(of: CameraName(.serial, "A"), among: nodes) == .several([nodes[0], nodes[1]]))
    }

    @Test func theKeyThatTellsTwoApartIsTheFirstThatDiffers() {
        let same = (1...3).map { number in
            Self.node(
                number, serial: "0001", byID: "usb-X_0001-video-index0", byPath: number < 3 ? "one" : "two",
                bus: number == 1 ? "usb-h-1" : "usb-h-2")
        }
        #expect(same[0].tellingKey(among: same) == .bus)
        #expect(same[1].tellingKey(among: same) == nil)
        #expect(same[2].tellingKey(among: same) == .byPath)
        #expect(Self.nodes[0].tellingKey(among: Self.nodes.filter { $0.kind != .other }) == .serial)
    }

    @Test(arguments: [
        ("/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2", "usb-0000:00:14.0-1.2"),
        ("/sys/devices/platform/vhci_hcd.0/usb3/3-1", "usb-vhci_hcd.0-1"),
        ("/sys/devices/platform/soc/fe980000.usb/usb1/1-1/1-1.4/1-1.4.3", "usb-fe980000.usb-1.4.3"),
    ])
    func aUSBPlaceIsWrittenAsDriversWriteIt(path: String, bus: String) {
        #expect(USBPlace.bus(ofDeviceAt: path) == bus)
    }

    @Test(arguments: [
        "", "/", "/usb1/1-1", "/sys/devices/platform/vivid.0", "/sys/x/usb1", "/sys/x/usb1/1-", "/a/usbmon/1-1",
    ])
    func otherPlacesAreNoUSBPlaces(path: String) {
        #expect(USBPlace.bus(ofDeviceAt: path) == nil)
    }
}
