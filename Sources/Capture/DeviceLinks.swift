internal import Glibc

/// The links to video nodes in `/dev/v4l`, as the file system has them.
struct DeviceLinks {
    private static let idFolder = "/dev/v4l/by-id/"
    private static let pathFolder = "/dev/v4l/by-path/"

    /// Names by the node they lead to.
    private let ids: [String: String]
    private let paths: [String: String]

    init() {
        ids = Self.links(in: Self.idFolder)
        paths = Self.links(in: Self.pathFolder)
    }

    /// `node` with the names of its links, where udev did not tell them.
    func completing(_ node: CameraNode) -> CameraNode {
        var node = node
        node.byID = node.byID ?? ids[node.device]
        node.byPath = node.byPath ?? paths[node.device]
        return node
    }

    /// Takes over a link that udev tells; others than those we know are left out.
    static func note(_ link: String, in node: inout CameraNode) {
        // Two links of a kind: the one that sorts first, so that it is the same one each time.
        func first(_ old: String?, _ new: String) -> String { old.map { min($0, new) } ?? new }
        if link.hasPrefix(idFolder) {
            node.byID = first(node.byID, String(link.dropFirst(idFolder.count)))
        } else if link.hasPrefix(pathFolder) {
            node.byPath = first(node.byPath, String(link.dropFirst(pathFolder.count)))
        }
    }

    /// `realpath(3)`; nil when nothing is there.
    static func target(of path: String) -> String? {
        guard let target = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(target) }
        return unsafe String(cString: target)
    }

    private static func links(in folder: String) -> [String: String] {
        guard let opened = unsafe opendir(folder) else { return [:] }
        defer { _ = unsafe closedir(opened) }
        var links: [String: String] = [:]
        while let entry = unsafe readdir(opened) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name != ".", name != "..", let target = target(of: folder + name) else { continue }
            links[target] = links[target].map { min($0, name) } ?? name
        }
        return links
    }
}
