internal import Foundation
internal import Imaging

/// Picture files named on the command line, folders standing for the pictures in them.
enum Pictures {
    private static let endings = [".png", ".jpg", ".jpeg"]

    /// The paths of the pictures, folders opened, in the order given and by name inside a folder.
    static func paths(from arguments: [String]) throws -> [String] {
        var paths: [String] = []
        for argument in arguments {
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
                throw CommandFailure.badInput("\(argument): no such file or folder; check the path")
            }
            guard isFolder.boolValue else {
                paths.append(argument)
                continue
            }
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: argument)
            } catch {
                throw CommandFailure.badInput("\(argument): cannot be listed; check its permissions")
            }
            let pictures = names.filter { name in endings.contains { name.lowercased().hasSuffix($0) } }.sorted()
            guard !pictures.isEmpty else {
                throw CommandFailure.badInput("\(argument): holds no PNG or JPEG picture; name another folder")
            }
            paths += pictures.map { argument + "/" + $0 }
        }
        return paths
    }

    static func read(_ path: String) throws -> (bytes: [UInt8], image: Image) {
        let bytes: [UInt8]
        do {
            bytes = try Image.fileBytes(at: path)
            return (bytes, try Image(decodingFile: bytes))
        } catch {
            throw CommandFailure.badInput("\(path): \(error)")
        }
    }
}
