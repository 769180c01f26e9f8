/// Why a message, a name or a client could not be made.
package enum PublishingError: Error, Equatable {
    /// A station, line or topic prefix that must not appear in a topic.
    case badName(what: String, name: String, rule: String)

    /// A connection setting outside its range.
    case badSetting(key: String, problem: String)

    /// A file that a setting names cannot be used.
    case badFile(key: String, path: String, problem: String, remedy: String)

    /// The C library or the kernel refused to give a resource.
    case refused(call: String, reason: String)
}

extension PublishingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badName(let what, let name, let rule): "\(what) \"\(name)\" is not allowed: \(rule)"
        case .badSetting(let key, let problem): "\(key): \(problem)"
        case .badFile(let key, let path, let problem, let remedy): "\(key): \(path) \(problem); \(remedy)"
        case .refused(let call, let reason): "\(call) failed: \(reason)"
        }
    }
}
