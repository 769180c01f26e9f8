/// What a line's camera is and how it is set (`assay.camera/1`); retained.
package struct CameraMessage: WireMessage, Equatable {
    package static let schema = "assay.camera/1"

    package var station: String
    package var line: LineName
    package var at: Timestamp
    package var identity: CameraIdentity
    package var state: CameraState

    /// A code that says why the camera does not stream.
    package var reason: String?

    /// Absent until the camera streams.
    package var format: CameraFormat?

    /// Controls as read back from the device, by name.
    package var controls: [String: Int]

    /// Controls that are not as the settings or the support set have them.
    package var differences: [ControlDifference]

    package init(
        station: String, line: LineName, at: Timestamp, identity: CameraIdentity, state: CameraState,
        reason: String? = nil, format: CameraFormat?, controls: [String: Int] = [:],
        differences: [ControlDifference] = []
    ) {
        self.station = station
        self.line = line
        self.at = at
        self.identity = identity
        self.state = state
        self.reason = reason
        self.format = format
        self.controls = controls
        self.differences = differences
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("line", line.description)
        writer.member("at", at.text)
        writer.member("identity") { writer in
            writer.member("kind", identity.kind.rawValue)
            writer.member("id", identity.id)
            writer.member("name", identity.name)
            writer.nullable("named_by", identity.namedBy)
            let node = identity.node
            writer.nullable("device", node?.device)
            writer.nullable("serial", node?.serial)
            writer.nullable("by_id", node?.byID)
            writer.nullable("by_path", node?.byPath)
            writer.nullable("model", node?.model)
            writer.nullable("bus", node?.bus)
            writer.nullable("driver", node?.driver)
        }
        writer.member("state", state.rawValue)
        writer.nullable("reason", reason)
        writer.nullable("format", format) { writer, format in
            writer.object { writer in
                writer.member("pixels", format.pixels)
                writer.member("width", format.width)
                writer.member("height", format.height)
                writer.nullable("rate_hz", format.rate)
            }
        }
        writer.member("controls") { writer in
            for (name, value) in controls.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
        }
        writer.member("differences", differences) { writer, difference in difference.write(to: &writer) }
    }
}

/// Which camera it is, wherever it is plugged in.
package struct CameraIdentity: Equatable, Sendable {
    package var kind: Kind

    /// What the settings name it by: a serial number, a path …; a directory for a replay.
    package var id: String

    /// What the device calls itself.
    package var name: String

    /// The key of the settings that `id` is the value of; absent for a replay.
    package var namedBy: String?

    /// What was read of the camera; absent until it is open.
    package var node: CameraNodeFacts?

    package enum Kind: String, Sendable, CaseIterable {
        case v4l2
        case replay
    }

    package init(kind: Kind, id: String, name: String, namedBy: String? = nil, node: CameraNodeFacts? = nil) {
        self.kind = kind
        self.id = id
        self.name = name
        self.namedBy = namedBy
        self.node = node
    }
}

/// The states of a camera.
package enum CameraState: String, Sendable, CaseIterable {
    case opening
    case streaming
    case lost
    case stopped
}

/// The form of a camera's frames.
package struct CameraFormat: Equatable, Sendable {
    package var pixels: String
    package var width: Int
    package var height: Int

    /// Frames per second; absent when the device does not say.
    package var rate: Double?

    package init(pixels: String, width: Int, height: Int, rate: Double?) {
        self.pixels = pixels
        self.width = width
        self.height = height
        self.rate = rate
    }
}
