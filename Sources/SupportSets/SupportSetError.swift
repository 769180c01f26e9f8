/// Why a support set is refused. Each text says what is wrong, where and what to do.
package enum SupportSetError: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case damaged(path: String, problem: String)
    case digestDiffers(path: String)

    /// A camera's record that is no such record.
    case damagedRecord(path: String, problem: String)
    case foreignFile(path: String)
    case unknownSchema(path: String, found: String)

    /// An `.assayset` file that is none, or not a whole one.
    case damagedArchive(path: String, problem: String)

    /// A set that none of the trusted keys has signed.
    case untrusted(path: String, problem: String)

    /// A file or text that is no key, or one that others can read.
    case unusableKey(path: String, problem: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)); check that the whole set was copied and that its files are readable"
        case .unwritable(let path, let reason):
            "\(path): cannot be written (\(reason)); nothing was changed, make room or choose another folder"
        case .damaged(let path, let problem):
            "\(path): \(problem); copy the set again or enrol it anew"
        case .damagedRecord(let path, let problem):
            "\(path): is not what assayctl snapshot writes: \(problem); take the pictures again or remove the file"
        case .digestDiffers(let path):
            "\(path): its content is not what manifest.json promises; copy the set again or enrol it anew"
        case .foreignFile(let path):
            "\(path): is not listed in manifest.json; remove it or enrol the set anew"
        case .unknownSchema(let path, let found):
            "\(path): schema \"\(found)\" is not one this version reads; enrol the set anew"
        case .damagedArchive(let path, let problem):
            "\(path): \(problem); fetch the file again or make it anew with assayctl set pack"
        case .untrusted(let path, let problem):
            "\(path): \(problem); have it signed by a key of support_sets.trust (assayctl set sign)"
        case .unusableKey(let path, let problem):
            "\(path): \(problem); make keys with assayctl set key"
        }
    }

    /// The same error, told of one folder in place of another.
    package func told(of copy: String, as original: String) -> SupportSetError {
        func renamed(_ path: String) -> String {
            path.hasPrefix(copy) ? original + path.dropFirst(copy.count) : path
        }
        return switch self {
        case .unreadable(let path, let reason): .unreadable(path: renamed(path), reason: reason)
        case .unwritable: self
        case .damaged(let path, let problem): .damaged(path: renamed(path), problem: problem)
        case .damagedRecord(let path, let problem): .damagedRecord(path: renamed(path), problem: problem)
        case .digestDiffers(let path): .digestDiffers(path: renamed(path))
        case .foreignFile(let path): .foreignFile(path: renamed(path))
        case .unknownSchema(let path, let found): .unknownSchema(path: renamed(path), found: found)
        case .damagedArchive(let path, let problem): .damagedArchive(path: renamed(path), problem: problem)
        case .untrusted(let path, let problem): .untrusted(path: renamed(path), problem: problem)
        case .unusableKey: self
        }
    }

    /// What reading a file says, told of an archive.
    func told(ofArchive archive: String) -> SupportSetError {
        if case .damaged(archive, let problem) = self { return .damagedArchive(path: archive, problem: problem) }
        return self
    }
}
