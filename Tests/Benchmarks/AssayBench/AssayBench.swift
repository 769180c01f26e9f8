internal import Foundation
internal import LinearAlgebra

/// Measures against other programs in the same run, prints a table and writes `bench.json`.
///
/// Usage, in the project's folder: `assay-bench [OUTPUT.json [SECTION…]]`, all sections unless some are named; the
/// environment variable `ASSAY_PYTHON` names a Python with numpy, scipy and lap.
@main
struct AssayBench {
    static func main() {
        BLASKernel.reexecuteIfSlow()
        do {
            try run()
        } catch {
            FileHandle.standardError.write(Data("assay-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let output = CommandLine.arguments.dropFirst().first ?? "bench.json"
        let python = ProcessInfo.processInfo.environment["ASSAY_PYTHON"] ?? "python3"
        let programs = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let pictures = "Config/demo"
        let sections: [(name: String, run: () throws -> [BenchEntry])] = [
            ("enrolment", EnrolmentSection(pictures: pictures).run),
            ("hierarchy", HierarchySection(pictures: pictures).run),
            ("frame", FrameSection(pictures: pictures).run),
            ("judgement", JudgementSection().run),
            ("nearest", NearestSection(python: python, pictures: pictures).run),
            ("pipeline", PipelineSection(python: python).run),
            ("daemon", DaemonSection(pictures: pictures, programs: programs).run),
            ("outbox", OutboxSection().run),
            ("swap", SwapSection(pictures: pictures, programs: programs).run),
            ("assignment", AssignmentSection(python: python).run),
        ]
        let wanted = Set(CommandLine.arguments.dropFirst(2))
        guard wanted.isSubset(of: sections.map(\.name)) else {
            throw BenchError(description: "the sections are \(sections.map(\.name).joined(separator: ", "))")
        }
        var entries: [BenchEntry] = []
        for section in sections where wanted.isEmpty || wanted.contains(section.name) { entries += try section.run() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(entries).write(to: URL(filePath: output))
        print("written: \(output)")
        let missed = entries.filter { !$0.isHeld }
        for entry in missed {
            print("not held: \(entry.name) is \(entry.ratio) times \(entry.peer), not \(entry.leastRatio ?? 0)")
        }
        if !missed.isEmpty { exit(1) }
    }
}

/// One comparison in `bench.json`.
struct BenchEntry: Encodable {
    let name: String
    let oursMilliseconds: Double
    let peer: String
    let peerMilliseconds: Double

    /// What the ratio must reach; nil where the figure is only told.
    var leastRatio: Double?

    /// Above 1: this program is faster.
    var ratio: Double { peerMilliseconds / oursMilliseconds }

    var isHeld: Bool { leastRatio.map { ratio >= $0 } ?? true }

    private enum CodingKeys: String, CodingKey {
        case name, peer, ratio
        case leastRatio = "least_ratio"
        case oursMilliseconds = "ours_ms"
        case peerMilliseconds = "peer_ms"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(oursMilliseconds, forKey: .oursMilliseconds)
        try container.encode(peer, forKey: .peer)
        try container.encode(peerMilliseconds, forKey: .peerMilliseconds)
        try container.encode(ratio, forKey: .ratio)
        try container.encodeIfPresent(leastRatio, forKey: .leastRatio)
    }
}

/// Why a section could not be measured.
struct BenchError: Error, CustomStringConvertible {
    let description: String
}
