internal import Enrolment
internal import Foundation
internal import Imaging
internal import Settings
internal import SupportSets

/// The corrections of an engineer, where there are any.
struct GivenCorrections {
    let path: String
    let corrections: ObjectCorrections
    let ignored: [(place: PixelBox, line: Int)]
    let bytes: [UInt8]

    /// The file that is named, else the one beside the pictures; nil where there is none.
    ///
    /// - Parameter pictures: the paths of the pictures.
    init?(named given: String?, besides pictures: [String]) throws {
        guard let path = try given ?? Self.found(besides: pictures) else { return nil }
        let file: ObjectsFile
        do throws(SettingsErrors) {
            file = try ObjectsFile(contentsOf: path)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        do throws(SupportSetError) {
            bytes = try SupportSetFolder.read(path, upTo: 1 << 20)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        self.path = path
        corrections = ObjectCorrections(file)
        ignored = file.ignored.map { ignored in
            let region = ignored.region
            return (PixelBox(x: region.x, y: region.y, width: region.width, height: region.height), ignored.line)
        }
    }

    /// The `objects.yaml` in the pictures' folder, or beside the folder of a set's images.
    private static func found(besides pictures: [String]) throws -> String? {
        var found: [String] = []
        for picture in pictures {
            let folder = picture.lastIndex(of: "/").map { String(picture[...$0]) } ?? ""
            var places = [folder + ObjectsFile.fileName]
            if folder.hasSuffix("/images/") { places.append(folder + "../" + ObjectsFile.fileName) }
            for place in places where !found.contains(place) && FileManager.default.fileExists(atPath: place) {
                found.append(place)
            }
        }
        guard found.count < 2 else {
            throw CommandFailure.badInput(
                "\(found[0]) and \(found[1]): the pictures come with several corrections; put them into one file and name it with --objects"
            )
        }
        return found.first
    }
}

extension ObjectCorrections {
    init(_ file: ObjectsFile) {
        self.init(
            pictures: file.pictures.map { picture in
                Picture(
                    name: picture.name, line: picture.line, foundCount: picture.foundCount,
                    corrections: picture.entries.map { entry in
                        Correction(Correction.Change(entry.change), line: entry.line, key: entry.key)
                    })
            })
    }
}

extension ObjectCorrections.Correction.Change {
    init(_ change: ObjectsFile.Change) {
        switch change {
        case .merge(let ids): self = .merge(ids)
        case .splitInto(let id, let count): self = .split(id, .pieces(count))
        case .splitAround(let id, let points):
            self = .split(id, .points(points.map { PixelPoint(x: $0.x, y: $0.y) }))
        case .drop(let id): self = .drop(id)
        case .keep(let id): self = .keep(id)
        case .name(let id, let name): self = .name(id, name)
        }
    }
}
