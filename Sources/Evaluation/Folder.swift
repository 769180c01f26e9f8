internal import Foundation

/// What lies in a folder of a data set, by name.
struct Folder {
    private static let pictureEndings = [".png", ".jpg", ".jpeg"]

    /// Files of text beyond this are refused.
    static let mostTextBytes = 256 << 20

    let path: String

    /// The names of its folders, sorted.
    func folders() throws(EvaluationError) -> [String] {
        try names().filter { isFolder($0) }
    }

    /// The names of its pictures, sorted.
    func pictures() throws(EvaluationError) -> [String] {
        try names().filter { name in Self.pictureEndings.contains { name.lowercased().hasSuffix($0) } }
    }

    func inner(_ name: String) -> Folder { Folder(path: path + "/" + name) }

    func file(_ name: String) -> String { path + "/" + name }

    /// The one of these files that is there.
    func first(of names: [String]) -> String? {
        names.map(file).first { FileManager.default.fileExists(atPath: $0) }
    }

    var exists: Bool { Self.isFolder(path) }

    var name: String { URL(fileURLWithPath: path).lastPathComponent }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The content of a file of text or JSON.
    static func content(of path: String) throws(EvaluationError) -> Data {
        let size: Int
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            size = attributes[.size] as? Int ?? 0
        } catch {
            throw .missing(path: path, expected: "it belongs to the layout")
        }
        guard size <= mostTextBytes else { throw .damaged(path: path, problem: "\(size) bytes are too many") }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .damaged(path: path, problem: "it cannot be read; check its permissions")
        }
    }

    private func isFolder(_ name: String) -> Bool { Self.isFolder(file(name)) }

    private func names() throws(EvaluationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .missing(path: path, expected: "a folder of the layout should be")
        }
    }
}
