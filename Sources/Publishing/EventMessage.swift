/// One coded event of the station (`assay.event/1`); the codes are those of the journal.
package struct EventMessage: SequencedMessage, Equatable {
    package static let schema = "assay.event/1"

    package var id: String
    package var boot: String
    package var delivery: Delivery
    package var station: String

    /// Lower-case words joined by `_`, as in `camera_lost`.
    package var code: String
    package var severity: Severity

    /// The line concerned; absent for an event of the whole station.
    package var line: String?

    /// One sentence for people.
    package var text: String
    package var at: String
    package var data: [String: JSONValue]

    /// How much an operator should care.
    package enum Severity: String, Sendable, Codable, CaseIterable {
        case notice
        case warning
        case error
    }

    package init(
        id: UUIDv7, boot: String, station: String, code: String, severity: Severity, line: LineName? = nil,
        text: String, at: Timestamp, data: [String: JSONValue] = [:], delivery: Delivery = Delivery(sequence: 1)
    ) {
        self.id = id.text
        self.boot = boot
        self.delivery = delivery
        self.station = station
        self.code = code
        self.severity = severity
        self.line = line?.description
        self.text = text
        self.at = at.text
        self.data = data
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("at", at)
        writer.member("code", code)
        writer.member("severity", severity.rawValue)
        writer.optional("line", line)
        writer.member("text", text)
        writer.member("data", .object(data))
    }
}

extension EventMessage: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, boot, station, code, severity, line, text, at, data
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        boot = try values.decode(String.self, forKey: .boot)
        delivery = try Delivery(from: decoder)
        station = try values.decode(String.self, forKey: .station)
        code = try values.decode(String.self, forKey: .code)
        severity = try values.decode(Severity.self, forKey: .severity)
        line = try values.decodeIfPresent(String.self, forKey: .line)
        text = try values.decode(String.self, forKey: .text)
        at = try values.decode(String.self, forKey: .at)
        data = try values.decodeIfPresent([String: JSONValue].self, forKey: .data) ?? [:]
    }
}
