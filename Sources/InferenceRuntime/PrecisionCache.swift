internal import Foundation
package import Inference

/// Measurements of precisions, kept so that a bundle is measured once on a machine and not at each start.
///
/// Another bundle, runtime or processor is measured anew.
package struct PrecisionCache: Sendable {
    private static let mostBytes = 1 << 16

    /// Nil where nothing can be kept.
    private let folder: String?

    package init(folder: String? = CacheFolder.path) { self.folder = folder }

    /// What is known of a bundle, or what measuring it finds.
    ///
    /// - Parameter keeps: writes down what was measured; a folder that cannot be written to keeps nothing.
    package func report(of directory: String, keeps: Bool = true) throws(InferenceError) -> PrecisionReport {
        if let known = try known(of: directory) { return known }
        let file = try path(for: directory)
        let report = try PrecisionReport(measuring: directory)
        if keeps, let file { Self.write(report, to: file) }
        return report
    }

    /// What was measured before; nil where nothing was.
    package func known(of directory: String) throws(InferenceError) -> PrecisionReport? {
        try path(for: directory).flatMap(Self.read)
    }

    private func path(for directory: String) throws(InferenceError) -> String? {
        guard let folder else { return nil }
        let machine = Self.processor + (try OpenVINO.version().build)
        let key = ModelBundle.digest(of: Array((machine + (try ModelBundle(opening: directory).digest)).utf8))
        return "\(folder)/precision/\(key.prefix(32)).json"
    }

    /// What is not as it was written is as good as not there.
    private static func read(_ file: String) -> PrecisionReport? {
        guard let handle = FileHandle(forReadingAtPath: file) else { return nil }
        do {
            let bytes = try handle.read(upToCount: mostBytes) ?? Data()
            let report = try JSONDecoder().decode(PrecisionReport.self, from: bytes)
            let isSound = !report.timings.isEmpty && report.timings.allSatisfy { (0...1e6).contains($0.milliseconds) }
            return isSound ? report : nil
        } catch {
            return nil
        }
    }

    /// A measurement that is not kept is made again.
    private static func write(_ report: PrecisionReport, to file: String) {
        let url = URL(filePath: file)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try JSONEncoder().encode(report).write(to: url, options: .atomic)
        } catch {
            return
        }
    }

    /// Name and instructions of the first processor, as the kernel lists them.
    private static var processor: String {
        guard let handle = FileHandle(forReadingAtPath: "/proc/cpuinfo") else { return "" }
        do {
            let text = String(decoding: try handle.read(upToCount: mostBytes) ?? Data(), as: UTF8.self)
            let lines = text.split(separator: "\n")
            let first = lines.prefix { !$0.hasPrefix("power management") }
            return first.filter { $0.hasPrefix("model name") || $0.hasPrefix("flags") || $0.hasPrefix("Features") }
                .joined(separator: "\n")
        } catch {
            return ""
        }
    }
}
