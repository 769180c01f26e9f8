internal import Foundation

/// One case of a file of scenes.
protocol MatchCase: Decodable {
    associatedtype Result: MatchResult
    var name: String { get }

    /// - Throws: `MatchInputError` or the matching's own error where the numbers do not fit together.
    func result() throws -> Result
}

/// What matching a case gave.
protocol MatchResult: Encodable {
    /// A line for people.
    var row: String { get }
}

/// What is wrong with a case, and where in it.
struct MatchInputError: Error, CustomStringConvertible {
    let key: String
    let problem: String

    var description: String { "\(key): \(problem)" }
}

/// A file of scenes that somebody hands in: read whole, bounded, every complaint with file, case and key.
struct MatchFile<Case: MatchCase> {
    let cases: [Case]

    private struct Contents: Decodable {
        let cases: [Case]?
        let empty: [Case]?
    }

    init(opening path: String) throws(CommandFailure) {
        let bytes = try Self.bytes(of: path)
        do {
            // JSON 5 knows NaN and Infinity, which lets the checks below name their place instead of refusing the file whole.
            let decoder = JSONDecoder()
            decoder.allowsJSON5 = true
            let contents = try decoder.decode(Contents.self, from: bytes)
            guard contents.cases != nil || contents.empty != nil else {
                throw CommandFailure.badInput(
                    "\(path): has neither a list `cases` nor a list `empty`; see Tests/Golden")
            }
            cases = (contents.cases ?? []) + (contents.empty ?? [])
        } catch let error as DecodingError {
            throw .badInput("\(path): \(Self.explain(error))")
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw .badInput("\(path): cannot be read as JSON: \(error)")
        }
    }

    private static func bytes(of path: String) throws(CommandFailure) -> Data {
        let limit = 256 << 20
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .badInput("\(path): cannot be opened; check the name and its permissions")
        }
        let bytes: Data?
        do {
            bytes = try file.read(upToCount: limit + 1)
        } catch {
            throw .badInput("\(path): cannot be read; give a file, not a directory")
        }
        let contents = bytes ?? Data()
        guard contents.count <= limit else {
            throw .badInput("\(path): is larger than \(limit >> 20) MiB; split it into several files")
        }
        return contents
    }

    private static func explain(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "\(place(context.codingPath + [key])): this key is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context.codingPath)): wrong kind of value; see Tests/Golden for the layout"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            "is not valid JSON, or holds a number too large to be read"
        case .dataCorrupted(let context):
            "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default:
            "cannot be read"
        }
    }

    /// `case 2: query.areas[3]`
    private static func place(_ path: [any CodingKey]) -> String {
        var text = ""
        for (depth, key) in path.enumerated() {
            if depth == 0, path.count > 1, path[1].intValue != nil { continue }
            if let index = key.intValue {
                text += depth == 1 ? "case \(index):" : "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : (text.hasSuffix(":") ? " " : ".") + key.stringValue
            }
        }
        return text
    }
}

/// Checks on numbers from outside; each names the key.
enum MatchInput {
    /// Objects in one image: the work grows with their cube.
    static let objectLimit = 2000

    static func require(_ isFine: Bool, _ key: String, _ problem: String) throws {
        guard isFine else { throw MatchInputError(key: key, problem: problem) }
    }

    /// The numbers as floats, where each is small enough for squares to add up.
    static func bounded(_ values: [Double], _ key: String) throws -> [Float] {
        if let index = values.firstIndex(where: { !(abs($0) <= 1e15) }) {
            throw MatchInputError(key: "\(key)[\(index)]", problem: "must be a number within ±1e15")
        }
        return values.map { Float($0) }
    }
}
