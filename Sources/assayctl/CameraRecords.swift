internal import SupportSets
internal import Glibc

/// The records that snapshots left beside their pictures.
enum CameraRecords {
    /// The one record of all these pictures; nil where none of their folders has one.
    ///
    /// Folders with different controls are refused: their pictures do not show the product alike.
    static func common(to pictures: [String]) throws -> CameraRecord? {
        var first: (path: String, record: CameraRecord)?
        var bare: [String] = []
        var seen: Set<String> = []
        for picture in pictures {
            let folder = picture.lastIndex(of: "/").map { String(picture[...$0]) } ?? ""
            guard seen.insert(folder).inserted else { continue }
            let path = folder + CameraRecord.fileName
            guard unsafe access(path, F_OK) == 0 else {
                bare.append(folder.isEmpty ? "this folder" : folder)
                continue
            }
            let record = try read(path)
            if let first, first.record.controls != record.controls {
                throw CommandFailure.badInput(
                    """
                    \(first.path) and \(path): the pictures were taken under different controls; enrol those of one \
                    camera setting, or say with --camera which record holds
                    """)
            }
            if first == nil { first = (path, record) }
        }
        if first != nil, let folder = bare.first {
            StandardError.write("warning: \(folder) has no \(CameraRecord.fileName); its pictures are taken on trust")
        }
        return first?.record
    }

    static func read(_ path: String) throws -> CameraRecord {
        do throws(SupportSetError) {
            return try CameraRecord(contentsOf: path)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}
