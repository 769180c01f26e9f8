/// Why the outbox cannot keep messages on disk. They wait in memory then, and the disk is tried again and again.
package enum OutboxFault: Error, Equatable, Sendable {
    case diskFull
    case readOnly

    /// It has not answered within the time that it is given, and may have taken what it was last given or not.
    case stalled(after: Duration)

    /// A file that a later version wrote is left as it is.
    case newerVersion(found: Int, known: Int)

    /// The file is not what was written; it is set aside.
    case damaged(reason: String)

    /// Anything else: permissions, a disk that fails, another program that holds the file.
    case unusable(reason: String)

    /// For the status message.
    package var code: String {
        switch self {
        case .diskFull: "outbox_disk_full"
        case .readOnly: "outbox_read_only"
        case .stalled: "outbox_stalled"
        case .newerVersion: "outbox_newer_version"
        case .damaged: "outbox_damaged"
        case .unusable: "outbox_unusable"
        }
    }
}

extension OutboxFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .diskFull: "the disk is full"
        case .readOnly: "the disk or the file is read-only"
        case .stalled(let limit): "the disk has not answered within \(limit.components.seconds) s"
        case .newerVersion(let found, let known):
            "the file has format \(found) and this version knows \(known); install the later version again or move "
                + "the file away"
        case .damaged(let reason): "the file is damaged: \(reason)"
        case .unusable(let reason): reason
        }
    }
}
