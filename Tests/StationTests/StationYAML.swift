import AssayTestSupport
import Settings

/// Settings files of the tests.
struct StationYAML {
    var name = "box"
    var workers = 2
    var broker = "{enabled: false}"
    var extra = ""
    var lines: [String: String] = [:]

    var text: String {
        var text = "station: {name: \(name)}\nworkers: \(workers)\nmqtt: \(broker)\n\(extra)\nlines:"
        if lines.isEmpty { text += " {}" }
        for (name, line) in lines.sorted(by: { $0.key < $1.key }) { text += "\n  \(name): {\(line)}" }
        return text + "\n"
    }

    /// The settings as the daemon reads them.
    func settings(in folder: TemporaryFolder) throws -> Settings {
        let path = try folder.write(text, to: "assay.yaml")
        return try Settings(contentsOf: path, dropIns: nil)
    }
}
