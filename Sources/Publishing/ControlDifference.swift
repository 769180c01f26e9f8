/// A control of a camera that is not as the settings or the support set have it.
package struct ControlDifference: Equatable, Sendable, Codable {
    package enum Measure: String, Sendable, Codable, CaseIterable {
        case settings
        case supportSet = "support_set"
    }

    package var control: String

    /// What it is compared with.
    package var measure: Measure
    package var wanted: String

    /// Absent where it cannot be read.
    package var found: String?
    package var sentence: String

    package init(control: String, measure: Measure, wanted: String, found: String?, sentence: String) {
        self.control = control
        self.measure = measure
        self.wanted = wanted
        self.found = found
        self.sentence = sentence
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("control", control)
            writer.member("measure", measure.rawValue)
            writer.member("wanted", wanted)
            writer.nullable("found", found)
            writer.member("sentence", sentence)
        }
    }
}
