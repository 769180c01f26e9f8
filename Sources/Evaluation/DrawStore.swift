internal import Assessment
internal import Enrolment
internal import Foundation
internal import Inference

/// Finished draws on disk, each under a name that stands for everything that it depends on.
package struct DrawStore {
    /// The newest draws that are kept.
    private static let mostDraws = 4096

    private let folder: String
    private let inputs: String

    /// - Parameters:
    ///   - program: the digest of the program itself, so that another judgement means other draws.
    ///   - settings: everything else that the draws of this run depend on, but category and seed.
    package init(folder: String, program: String, settings: [String]) throws(EvaluationError) {
        self.folder = folder
        inputs = ([program] + settings).joined(separator: "\n")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .damaged(path: folder, problem: "it cannot be made; finished draws are kept there")
        }
    }

    /// The draw of an earlier run; nil if there is none that can be used.
    package func draw<Kept: KeptDraw>(of category: Category, seed: Int) -> Kept? {
        // Anything wrong with the file only means that the draw is made again.
        guard let content = FileManager.default.contents(atPath: file(category, seed)) else { return nil }
        do {
            let draw = try JSONDecoder().decode(Kept.self, from: content)
            return draw.category == category.name && draw.seed == seed ? draw : nil
        } catch {
            return nil
        }
    }

    package func keep(_ draw: some KeptDraw, of category: Category) throws(EvaluationError) {
        let path = file(category, draw.seed)
        do {
            try JSONEncoder().encode(draw).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .damaged(path: path, problem: "it cannot be written; check the free space")
        }
        dropOldest()
    }

    private func file(_ category: Category, _ seed: Int) -> String {
        var lines = [inputs, category.name, "\(seed)"]
        for sample in category.train + category.test {
            lines.append("\(sample.name)|\(sample.type.rawValue)|\(sample.subtype ?? "")|\(Self.stamp(sample.path))")
            lines.append("\(sample.anomalies.map { "\($0)" } ?? "-")")
            switch sample.objects {
            case .unknown: break
            case .annotated(let path): lines.append(Self.stamp(path))
            case .counted(let count): lines.append("\(count)")
            }
            guard case .alternatives(let truths) = sample.pixels else { continue }
            for file in truths.joined() { lines.append("\(file.path)|\(file.saturation)|\(Self.stamp(file.path))") }
        }
        return "\(folder)/\(ModelBundle.digest(of: Array(lines.joined(separator: "\n").utf8))).json"
    }

    /// Size and time of a file: another picture of the same name is another input.
    private static func stamp(_ path: String) -> String {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(attributes[.size] as? Int ?? 0) \(time)"
        } catch {
            return "missing"
        }
    }

    /// What cannot be dropped stays: another run may be dropping the same files.
    private func dropOldest() {
        let folder = URL(fileURLWithPath: folder)
        do {
            let files = try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
            guard files.count > Self.mostDraws else { return }
            let dated = try files.map { file in
                let values = try file.resourceValues(forKeys: [.contentModificationDateKey])
                return (file, values.contentModificationDate ?? .distantPast)
            }
            for (file, _) in dated.sorted(by: { $0.1 < $1.1 }).prefix(files.count - Self.mostDraws) {
                try FileManager.default.removeItem(at: file)
            }
        } catch {
            return
        }
    }
}
