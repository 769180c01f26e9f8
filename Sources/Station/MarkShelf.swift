internal import Glibc
internal import Imaging
internal import Publishing

/// The pictures that people marked, on the disk: `<line>/proposals` for good parts that were failed, `<line>/escapes` for
/// bad ones that were passed. Nothing here becomes part of a set by itself.
package struct MarkShelf: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case proposals, escapes
    }

    private let folder: String

    package init(folder: String) { self.folder = folder }

    package func folder(of line: String, _ kind: Kind) -> String { "\(folder)/\(line)/\(kind.rawValue)" }

    /// The verdicts' ids, oldest first.
    package func ids(of line: String, _ kind: Kind) -> [String] {
        FolderNames.names(in: folder(of: line, kind)).filter { $0.hasSuffix(".png") }.map { String($0.dropLast(4)) }
    }

    /// The paths of the pictures.
    func pictures(of line: String, _ kind: Kind) -> [String] {
        ids(of: line, kind).map { "\(folder(of: line, kind))/\($0).png" }
    }

    /// Every line that something is kept of.
    package var lines: [String] { FolderNames.names(in: folder) }

    /// Keeps a picture and what is known of it; the picture comes last, so that it never lacks the rest.
    ///
    /// - Returns: the picture's path.
    func put(
        _ picture: Image, facts: [UInt8], id: String, of line: String, _ kind: Kind, limit: Int
    ) throws(CommandProblem) -> String {
        let folder = folder(of: line, kind)
        let path = "\(folder)/\(id).png"
        if unsafe access(path, F_OK) == 0 { return path }
        guard ids(of: line, kind).count < limit else {
            throw CommandProblem(
                .full,
                "\(limit) pictures are kept of this line already; export and discard some (assayctl set proposals)")
        }
        for path in ["\(self.folder)/\(line)", folder] where unsafe mkdir(path, 0o750) != 0 && errno != EEXIST {
            throw CommandProblem(.failed, "\(path): cannot be made (\(SystemReason.last))")
        }
        do {
            let png = try picture.png()
            for (content, path) in [(facts, "\(folder)/\(id).json"), (png, path)] {
                if let reason = WholeFile.write(content, to: path) {
                    throw CommandProblem(.failed, "\(path): cannot be written (\(reason))")
                }
            }
        } catch let error as CommandProblem {
            throw error
        } catch {
            throw CommandProblem(.failed, "\(path): cannot be written (\(error))")
        }
        return path
    }

    /// - Returns: the system's reason where it could not be removed.
    func discard(id: String, of line: String, _ kind: Kind) -> String? {
        let path = "\(folder(of: line, kind))/\(id)"
        // The picture first: without it the rest counts for nothing.
        guard unsafe unlink(path + ".png") == 0 else { return SystemReason.last }
        _ = unsafe unlink(path + ".json")
        return nil
    }
}
