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
        }
    }
}
