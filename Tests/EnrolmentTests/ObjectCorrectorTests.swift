import AssayTestSupport
import Assessment
import Composition
import Enrolment
import Foundation
import Imaging
import SupportSets
import Testing

struct ObjectCorrectorTests {
    private typealias Correction = ObjectCorrections.Correction

    private static let names = ["001-a.png", "002-b.png", "003-c.png", "004-d.png"]
    private let scenes: [Scene]
    private let bank: LogicalBank

    init() throws {
        let scenes = try (1...4).map { seed in
            let image = DrawnScene.tray.varied(seed: UInt64(seed)).image()
            return Scene(image: image, perception: try DrawnModel().perceive(image))
        }
        bank = try LogicalFit.bank(of: scenes, names: Self.names)
        self.scenes = scenes
    }

    private func settle(
        _ pictures: [ObjectCorrections.Picture]
    ) throws -> (objects: SettledObjects, notes: [CorrectionNote]) {
        try ObjectCorrector(
            scenes: scenes, names: Self.names, paths: ["good/a.png", "good/b.png", "good/c.png", "good/d.png"],
            bank: bank
        ).settle(ObjectCorrections(pictures: pictures))
    }

    private func settle(_ changes: Correction.Change..., of name: String = "a.png") throws -> (
        objects: SettledObjects, notes: [CorrectionNote]
    ) {
        try settle([
            ObjectCorrections.Picture(name: name, corrections: changes.map { Correction($0, line: 3, key: "k") })
        ])
    }

    private func refusal(_ changes: Correction.Change..., of name: String = "a.png") throws -> CorrectionErrors.Problem?
    {
        do {
            _ = try settle([
                ObjectCorrections.Picture(name: name, corrections: changes.map { Correction($0, line: 3, key: "k") })
            ])
            return nil
        } catch let error as CorrectionErrors {
            #expect(error.problems.count == 1)
            return error.problems.first
        }
    }

    private func objects(_ settled: SettledObjects, _ image: Int) throws -> [SettledObject] {
        try #require(settled.images[Self.names[image]]).objects
    }

    /// The id of the part of the tray that lies at a place, in pixels of the picture.
    private func id(at x: Int, _ y: Int, in image: Int) throws -> Int {
        let index = bank.images[image].objects.firstIndex { known in
            let mask = known.object.mask
            return mask.contains(x: x * mask.grid.width / 192, y: y * mask.grid.height / 144)
        }
        return try #require(index) + 1
    }

    @Test func withoutAnyEntryAllIsAsItWasFound() throws {
        let settled = try settle([]).objects
        for (index, image) in bank.images.enumerated() {
            #expect(try objects(settled, index).map(\.mask) == image.objects.map(\.object.mask))
            #expect(try objects(settled, index).map(\.label.id) == ["1", "2", "3", "4", "5", "6"])
        }
    }

    @Test func mergedObjectsAreOneInEveryImage() throws {
        let red = try id(at: 36, 36, in: 0)
        let green = try id(at: 96, 34, in: 0)
        let (settled, notes) = try settle(.merge([red, green]))
        for image in scenes.indices {
            let red = try id(at: 36, 36, in: image)
            let green = try id(at: 96, 34, in: image)
            let id = "\(min(red, green))+\(max(red, green))"
            let objects = try objects(settled, image)
            let merged = try #require(objects.first { $0.label.id == id })
            #expect(objects.count == 5)
            let known = bank.images[image].objects
            #expect(merged.mask == known[red - 1].object.mask.union(known[green - 1].object.mask))
        }
        #expect(notes.count == 4)
        #expect(notes.filter { $0.outcome == .done }.map(\.image) == ["001-a.png"])
        #expect(
            notes.contains { $0.sentence.hasPrefix("003-c.png: merged ") && $0.sentence.hasSuffix("as in 001-a.png") })
    }

    @Test func aDroppedObjectIsClutterInEveryImage() throws {
        let blue = try id(at: 154, 38, in: 1)
        let settled = try settle(.drop(blue), of: "b.png").objects
        for image in scenes.indices {
            let blue = try id(at: 154, 38, in: image)
            #expect(try objects(settled, image).count == 5)
            #expect(try #require(settled.images[Self.names[image]]).clutter.map(\.label.id) == ["\(blue)"])
        }
    }

    @Test func aSplitByPointsGoesOverToTheOtherImages() throws {
        // The yellow bar stands upright round (38, 104) and is 36 pixels high.
        let yellow = try id(at: 38, 104, in: 0)
        let (settled, _) = try settle(
            .split(yellow, .points([PixelPoint(x: 38, y: 92), PixelPoint(x: 38, y: 116)])))
        for image in scenes.indices {
            let whole = bank.images[image].objects[try id(at: 38, 104, in: image) - 1].object.mask
            let pieces = try objects(settled, image).filter { $0.label.id.hasSuffix("a") || $0.label.id.hasSuffix("b") }
            try #require(pieces.count == 2)
            #expect(pieces[0].mask.intersectionArea(pieces[1].mask) == 0)
            #expect(pieces[0].mask.area + pieces[1].mask.area == whole.area)
            for piece in pieces { #expect(10 * piece.mask.area > 4 * whole.area, "\(image)") }
            let centres = pieces.compactMap(\.mask.centroid)
            #expect(abs(centres[0].y - centres[1].y) > 3 * abs(centres[0].x - centres[1].x))
        }
    }

    @Test func aPictureThatKeepsAnObjectIsNotCorrected() throws {
        let blue = try (0..<4).map { try id(at: 154, 38, in: $0) }
        let settled = try settle([
            ObjectCorrections.Picture(name: "a.png", corrections: [Correction(.drop(blue[0]))]),
            ObjectCorrections.Picture(name: "004-d.png", corrections: [Correction(.keep(blue[3]))]),
        ]).objects
        #expect(try (0..<4).map { try objects(settled, $0).count } == [5, 5, 5, 6])
    }

    @Test func namesGoToTheirKindInEveryImage() throws {
        let red = try id(at: 36, 36, in: 0)
        let settled = try settle(.name("\(red)", "red disc")).objects
        let named = try LogicalFit.bank(of: scenes, names: Self.names, settled: settled)
        for image in scenes.indices {
            let red = try id(at: 36, 36, in: image)
            let names = named.images[image].objects.map { $0.label?.name }
            #expect(names[red - 1] == "red disc")
            #expect(names.count { $0 != nil } == 1)
        }
    }

    @Test func whatDoesNotFitIsRefusedWithItsPlaceAndARemedy() throws {
        let unknown = try #require(try refusal(.drop(7)))
        #expect(unknown.line == 3 && unknown.key == "k")
        #expect(unknown.message.contains("001-a.png has no object 7 but the objects 1 to 6"))
        #expect(unknown.message.contains("assayctl enroll --show"))
        #expect(try refusal(.drop(0))?.message.contains("no object 0") == true)
        #expect(try refusal(.merge([2]))?.message.contains("two or more") == true)
        #expect(try refusal(.merge([2, 2]))?.message.contains("different ids") == true)
        #expect(try refusal(.merge([1, 2])) == nil)
        let twice = try #require(try refusal(.merge([1, 2]), .drop(2)))
        #expect(twice.message.contains("object 2 is merged in line 3 already"))
        #expect(try refusal(.split(1, .pieces(1)))?.message.contains("2 to 16") == true)
        #expect(
            try refusal(.split(1, .points([PixelPoint(x: 500, y: 1), PixelPoint(x: 1, y: 1)])))?.message
                .contains("the point 500, 1 lies outside the picture of 192×144") == true)
        #expect(
            try refusal(.split(1, .points([PixelPoint(x: 0, y: 0), PixelPoint(x: 1, y: 1)])))?.message
                .contains("does not lie on object 1") == true)
        #expect(try refusal(.name("1+2", "clip"))?.message.contains("it has 1, 2, 3, 4, 5, 6") == true)
        #expect(try refusal(.name("1", "a\nb"))?.message.contains("cannot be printed") == true)
        #expect(try refusal(.drop(1), of: "e.png")?.message.contains("none of the pictures: good/a.png") == true)
    }

    @Test func aPictureIsNamedOnceAndWithTheCountThatWasFound() throws {
        func problem(_ pictures: [ObjectCorrections.Picture]) throws -> String? {
            do {
                _ = try settle(pictures)
                return nil
            } catch let error as CorrectionErrors {
                return error.description(file: "objects.yaml")
            }
        }
        let twice = try problem([
            ObjectCorrections.Picture(name: "a.png", line: 2, corrections: []),
            ObjectCorrections.Picture(name: "good/a.png", line: 9, corrections: []),
        ])
        #expect(twice == "objects.yaml:9: pictures.good/a.png: is the picture of line 2; put its corrections together")
        let count = try problem([
            ObjectCorrections.Picture(name: "a.png", line: 2, foundCount: 8, corrections: [])
        ])
        #expect(count?.contains("8 objects were found when the corrections were written and now 6") == true)
        #expect(try problem([ObjectCorrections.Picture(name: "a.png", foundCount: 6, corrections: [])]) == nil)
    }

    @Test func aSetOfCorrectedObjectsJudgesByThem() throws {
        let folder = try TemporaryFolder("assay-corrected")
        let red = try id(at: 36, 36, in: 0)
        let green = try id(at: 96, 34, in: 0)
        var guidance = EnrolmentGuidance()
        let merged = "\(min(red, green))+\(max(red, green))"
        guidance.corrections.pictures = [
            ObjectCorrections.Picture(
                name: "a.png", corrections: [Correction(.merge([red, green])), Correction(.name(merged, "pair"))])
        ]
        guidance.files = [(name: "objects.yaml", bytes: Array("pictures: {}\n".utf8))]
        let pictures = try (1...4).map { seed in
            let image = DrawnScene.tray.varied(seed: UInt64(seed)).image()
            return SupportPicture(name: "\(["a", "b", "c", "d"][seed - 1]).png", bytes: try image.png(), image: image)
        }
        let set = try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
            pictures, name: "tray", version: "1", into: folder.file("set"), replacing: false, guidance: guidance
        ) { _ in }
        #expect(set.manifest.files["objects.yaml"] != nil && set.manifest.files["labels.json"] != nil)
        #expect(set.logical.images.allSatisfy { $0.objects.count == 5 })
        #expect(set.logical.images.allSatisfy { image in image.objects.contains { $0.label?.name == "pair" } })
        let reopened = try SupportSet(opening: folder.file("set"))
        #expect(reopened.logical == set.logical)
    }
}
