/// Which precision suits the station, and who says so.
package struct PrecisionHealth: Equatable, Sendable {
    /// `int8`, `bf16` or `fp32`.
    package var choice: String

    /// `measurement` or `settings`.
    package var by: String

    /// Milliseconds of processor time for one picture, by precision.
    package var milliseconds: [String: Double]

    package init(choice: String, by: String, milliseconds: [String: Double]) {
        self.choice = choice
        self.by = by
        self.milliseconds = milliseconds
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("choice", choice)
            writer.member("by", by)
            writer.member("ms") { writer in
                for (name, time) in milliseconds.sorted(by: { $0.key < $1.key }) where time.isFinite {
                    writer.member(name, time, decimals: 1)
                }
            }
        }
    }
}
