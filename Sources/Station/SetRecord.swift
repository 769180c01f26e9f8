package import Publishing

/// What is remembered of a line's support sets over restarts.
package struct SetRecord: Codable, Equatable, Sendable {
    package static let schema = "assay.line-sets/1"

    /// A set that was activated.
    package struct Activation: Codable, Equatable, Sendable {
        package var set: SupportSetReference

        /// RFC 3339, UTC.
        package var at: String
        package var by: SetCause

        /// The command's id, where it had one.
        package var command: String?

        /// A frame was judged by it.
        package var isProven = false

        /// The one after it was taken back, and why.
        package var note: String?
    }

    /// What the settings named when a command overruled them; while they still do, the command holds.
    package struct Overruled: Codable, Equatable, Sendable {
        package var setting: String

        /// Of the set that lay there then; nil where it could not be told.
        package var digest: String?
    }

    package var schema = Self.schema
    package var overruled: Overruled?
    package var prepared: SupportSetReference?
    package var previous: SupportSetReference?

    /// Oldest first; the last one is in force.
    package var history: [Activation] = []

    package init() {}

    package var active: Activation? { history.last }

    /// The set that rules by a command's word; nil where the settings rule.
    package func ruling(setting: String, digest: () -> String?) -> Activation? {
        guard let overruled, overruled.setting == setting, let active else { return nil }
        guard let former = overruled.digest else { return active }
        // A folder that is gone for a moment has not been changed.
        return digest().map { $0 == former } ?? true ? active : nil
    }

    /// A set comes into force: the one before it stays at hand.
    package mutating func activate(_ activation: Activation, limit: Int) {
        if prepared?.digest == activation.set.digest { prepared = nil }
        guard active?.set.digest != activation.set.digest else { return }
        previous = active?.set
        add(activation, limit: limit)
    }

    /// The set before is in force again, and there is none before it any more.
    package mutating func rollBack(_ activation: Activation, note: String?, limit: Int) {
        if let last = history.indices.last { history[last].note = note }
        previous = nil
        add(activation, limit: limit)
    }

    /// Adds an activation and forgets the oldest beyond `limit`.
    private mutating func add(_ activation: Activation, limit: Int) {
        history.append(activation)
        if history.count > limit { history.removeFirst(history.count - limit) }
    }

    /// The digests of the sets that have to stay on the disk.
    package var neededDigests: Set<String> {
        Set([active?.set.digest, prepared?.digest, previous?.digest].compactMap { $0 })
    }

    /// Those of the sets in force last, which are kept while nobody asks for the room.
    package func recentDigests(count: Int) -> Set<String> {
        var digests: [String] = []
        for activation in history.reversed() where digests.count < count && !digests.contains(activation.set.digest) {
            digests.append(activation.set.digest)
        }
        return Set(digests)
    }

    private enum CodingKeys: String, CodingKey {
        case schema, overruled, prepared, previous, history
    }
}

extension SetRecord.Activation {
    private enum CodingKeys: String, CodingKey {
        case set, at, by, command, note
        case isProven = "proven"
    }
}
