/// Finds the node of a named camera, wherever it is plugged in at the moment.
struct CameraFinder: ~Copyable {
    private let directory: NodeDirectory

    init() throws(CaptureError) {
        directory = try NodeDirectory()
    }

    /// The node to open. Errors: `cameraMissing`, `ambiguous`, and what refuses a node that must be asked.
    func find(_ name: CameraName) throws(CaptureError) -> CameraNode {
        guard name.key != .device else { return directory.node(at: name.value) }
        var nodes = directory.nodes()
        if name.key == .bus {
            // USB devices have their bus from sysfs; only the others have to be asked.
            nodes = try nodes.map { node throws(CaptureError) in node.bus == nil ? try Self.asked(node) : node }
        }
        let seen = nodes
        switch CameraMatch(of: name, among: nodes) {
        case .one(let node): return node
        case .none: throw .cameraMissing(name: name, seen: seen.map(\.wording))
        case .several(let candidates):
            // A camera's metadata node has the same names; only the device itself tells which is which.
            let asked = try candidates.map { node throws(CaptureError) in try Self.asked(node) }
            switch CameraMatch(of: name, among: asked) {
            case .one(let node): return node
            case .none: throw .cameraMissing(name: name, seen: seen.map(\.wording))
            case .several(let cameras): throw .ambiguous(name: name, cameras: cameras)
            }
        }
    }

    /// The node with what `VIDIOC_QUERYCAP` says of it; one that went away meanwhile is none.
    private static func asked(_ node: CameraNode) throws(CaptureError) -> CameraNode {
        var node = node
        do throws(CaptureError) {
            let camera = try Camera(opening: node.device)
            node.kind = .capture
            node.bus = node.bus ?? camera.busInfo
            node.model = node.model ?? camera.card
        } catch .permissionDenied(let device) {
            throw .permissionDenied(device: device)
        } catch {
            node.kind = .other
        }
        return node
    }
}
