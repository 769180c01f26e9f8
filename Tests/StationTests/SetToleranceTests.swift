import AssayTestSupport
import Foundation
import SupportSets
import Testing

/// What `assayctl set diff` says of what two sets let pass.
struct SetToleranceTests {
    @Test func aToleranceThatDiffersIsToldByPartAndSmallDifferencesAreNot() throws {
        let folder = try TemporaryFolder("assay-diff")
        for name in ["a", "b"] { try DrawnSets.put("1", into: folder.file(name)) }
        let path = folder.file("b/logical.bank")
        var bank = try LogicalBank(fileContent: SupportSetFolder.read(path, upTo: 1 << 24), path: path)
        for image in bank.images.indices {
            for object in bank.images[image].objects.indices {
                bank.images[image].objects[object].scales[CostPart.colour.rawValue] *= 3
                bank.images[image].objects[object].scales[CostPart.area.rawValue] *= 1.1
            }
        }
        try Data(bank.fileContent).write(to: URL(filePath: path))
        let manifestPath = URL(filePath: folder.file("b/manifest.json"))
        var manifest = try JSONDecoder().decode(SupportSetManifest.self, from: Data(contentsOf: manifestPath))
        manifest.files["logical.bank"] = try SupportSetFolder.digest(of: path)
        try JSONEncoder().encode(manifest).write(to: manifestPath)
        let run = try CommandRun("assayctl", ["set", "diff", folder.file("a"), folder.file("b")])
        #expect(run.status == 0, "\(run.errors)")
        let told = run.lines.filter { $0.contains("tolerance") }
        #expect(!told.isEmpty && told.allSatisfy { $0.contains(": colour ") }, "\(run.output)")
        #expect(!run.output.contains("only in"), "\(run.output)")
    }
}
