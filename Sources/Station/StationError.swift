/// Why the station, or a part of it, cannot be set up.
package enum StationError: Error, Equatable, CustomStringConvertible {
    case folderUnusable(path: String, reason: String)
    case folderInUse(path: String)
    case socketUnusable(path: String, reason: String)
    case publisherRefused(reason: String)
    case systemExhausted(what: String, reason: String)

    package var description: String {
        switch self {
        case .folderUnusable(let path, let reason):
            "\(path): cannot be used (\(reason)); make it writable for this user or name another folder"
        case .folderInUse(let path):
            "\(path): another assayd keeps its state there; stop it, or give this one a --state-dir of its own"
        case .socketUnusable(let path, let reason):
            "\(path): the control socket cannot be opened (\(reason)); check the runtime folder"
        case .publisherRefused(let reason): "publishing cannot be set up: \(reason)"
        case .systemExhausted(let what, let reason): "the system gave no \(what): \(reason)"
        }
    }
}
