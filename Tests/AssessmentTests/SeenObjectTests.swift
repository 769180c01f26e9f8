import AssayTestSupport
import Assessment
import Imaging
import Testing

/// Which objects of a drawn tray are seen, apart from any judgement.
struct SeenObjectTests {
    private func scene(_ scene: DrawnScene) throws -> Scene {
        Scene(image: scene.image(), perception: try DrawnModel().perceive(scene.image()))
    }

    /// The objects whose masks' boxes are those of a part, brought to the picture's pixels.
    private func isSeen(_ part: DrawnScene.Part, in objects: [SeenObject], of size: PixelSize) -> Bool {
        objects.contains { $0.mask.scaled(to: size).box.overlap(with: part.box) > 0.7 }
    }

    @Test func everyPartIsSeenOnceWithTheKindOfItsPartner() throws {
        let bench = try Bench()
        let tray = DrawnScene.tray.varied(seed: 30)
        let assessor = try Assessor(model: DrawnModel(), set: bench.set, method: .assay)
        let objects = try assessor.objects(in: scene(tray))
        #expect(objects.count == tray.parts.count)
        for part in tray.parts { #expect(isSeen(part, in: objects, of: tray.size)) }
        // Six parts of different looks are six kinds.
        #expect(Set(objects.map(\.kind)).count == tray.parts.count && objects.allSatisfy { $0.kind >= 0 })
        #expect(objects.allSatisfy { (0...1).contains($0.confidence) && $0.name == nil })
        #expect(objects.map(\.confidence) == objects.map(\.confidence).sorted(by: >))
    }

    @Test func whatIsSeenDoesNotDependOnTheMethod() throws {
        let bench = try Bench()
        let scene = try scene(DrawnScene.tray.varied(seed: 31))
        let objects = try Method.enrolled.map { method in
            try Assessor(model: DrawnModel(), set: bench.set, method: method).objects(in: scene)
        }
        #expect(objects.allSatisfy { $0 == objects[0] })
    }

    @Test func anAddedPartIsSeenAsNoneOfTheKnownAndAMissingOneIsNotSeen() throws {
        let bench = try Bench()
        let assessor = try Assessor(model: DrawnModel(), set: bench.set, method: .assay)
        var tray = DrawnScene.tray.varied(seed: 32)
        let lost = tray.parts.remove(at: 4)
        #expect(!isSeen(lost, in: try assessor.objects(in: scene(tray)), of: tray.size))
        tray = DrawnScene.tray.varied(seed: 33)
        tray.parts.append(DrawnScene.Part(.disc(radius: 8), .red, x: 124, y: 72))
        let more = try assessor.objects(in: scene(tray))
        #expect(more.count == tray.parts.count && more.count { $0.kind == -1 } == 1)
    }

    @Test func withoutASetAPictureShowsItsPartsToo() throws {
        let tray = DrawnScene.tray.varied(seed: 34)
        let objects = try scene(tray).unadaptedObjects()
        #expect(objects.count == tray.parts.count && objects.allSatisfy { $0.kind == -1 })
        for part in tray.parts { #expect(isSeen(part, in: objects, of: tray.size)) }
        #expect(try scene(DrawnScene(size: tray.size, parts: [])).unadaptedObjects().isEmpty)
    }
}
