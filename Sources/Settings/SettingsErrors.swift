/// Everything that is wrong with a set of settings files, in the order of files and lines.
package struct SettingsErrors: Error, Equatable, Sendable, CustomStringConvertible {
    package let problems: [SettingsProblem]

    /// One problem a line, at most a hundred lines.
    package var description: String {
        let more = problems.count > 100 ? ["and \(problems.count - 100) more problems"] : []
        return (problems.prefix(100).map(\.description) + more).joined(separator: "\n")
    }
}

/// One thing wrong, where it stands and what to do about it.
package struct SettingsProblem: Equatable, Sendable, CustomStringConvertible {
    package let file: String
    /// Counted from 1; nil where the file as a whole is meant.
    package let line: Int?
    /// The key with its sections, such as `mqtt.port`; empty where no key is to blame.
    package let key: String
    package let message: String

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}

/// A line of a settings file.
struct SettingsPlace: Equatable, Sendable {
    let file: String
    let line: Int

    func problem(_ key: String, _ message: String) -> SettingsProblem {
        SettingsProblem(file: file, line: line, key: key, message: message)
    }
}
