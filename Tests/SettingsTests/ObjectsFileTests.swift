import Foundation
import Settings
import Testing

/// `objects.yaml`: what may be written, and what is refused with its line.
struct ObjectsFileTests {
    private func problems(_ text: String) -> [String] {
        do throws(SettingsErrors) {
            _ = try ObjectsFile(parsing: text, file: "objects.yaml")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func everyCorrectionIsReadWithItsLine() throws {
        let text = """
            pictures:
              1.png:
                found: 9
                names: {3+4: clip}
                merge:
                  - [3, 4]
                  - [5, 6, 7]
                split: {8: 2}
                drop: [9]
              "shots/2 b.png":
                split:
                  1: [[120, 80.5], [140, 82]]
                keep: [2]
            ignore:
              - [0, 400, 120, 80]
            """
        let file = try ObjectsFile(parsing: text, file: "objects.yaml")
        #expect(file.pictures.map(\.name) == ["1.png", "shots/2 b.png"])
        #expect(file.pictures.map(\.line) == [2, 10] && file.pictures.map(\.foundCount) == [9, nil])
        let first = file.pictures[0].entries
        // Names come last: they are of what the other corrections make.
        #expect(
            first.map(\.change) == [
                .merge([3, 4]), .merge([5, 6, 7]), .splitInto(8, pieceCount: 2), .drop(9), .name("3+4", "clip"),
            ])
        #expect(first.map(\.line) == [6, 7, 8, 9, 4])
        #expect(first[0].key == "pictures.1.png.merge")
        #expect(file.pictures[1].entries.count == 2 && file.pictures[1].entries[1].change == .keep(2))
        guard case .splitAround(1, let points) = file.pictures[1].entries[0].change else {
            Issue.record("a split by points was read as something else")
            return
        }
        #expect(points.map(\.x) == [120, 140] && points.map(\.y) == [80.5, 82])
        #expect(file.ignored.map(\.region) == [RegionSettings(x: 0, y: 400, width: 120, height: 80)])
        #expect(file.ignored.map(\.line) == [15])
    }

    @Test func anEmptyFileCorrectsNothing() throws {
        for text in [
            "", "pictures:\n", "pictures: {}\nignore: []\n", "pictures:\n  a.png:\n    found: 3\n    merge:\n",
        ] {
            let file = try ObjectsFile(parsing: text, file: "f")
            #expect(file.pictures.allSatisfy { $0.entries.isEmpty } && file.ignored.isEmpty)
        }
    }

    @Test(arguments: [
        (
            "pictures:\n  a.png:\n    marge: [[1, 2]]\n", "objects.yaml:3: pictures.a.png.marge: is not known",
            "did you mean merge?"
        ),
        ("picture:\n  a.png: {}\n", "objects.yaml:1: picture: is not known", "did you mean pictures?"),
        ("pictures:\n  a.png:\n    merge: [1, 2]\n", "objects.yaml:3: pictures.a.png.merge:", "such as [[3, 4]]"),
        ("pictures:\n  a.png:\n    drop: [x]\n", "objects.yaml:3: pictures.a.png.drop:", "whole numbers"),
        ("pictures:\n  a.png:\n    drop: 4\n", "objects.yaml:3: pictures.a.png.drop:", "such as [9, 10]"),
        ("pictures:\n  a.png:\n    drop: [-1]\n", "objects.yaml:3:", "from 0 to"),
        ("pictures:\n  a.png:\n    split: {a: 2}\n", "objects.yaml:3:", "is no id"),
        ("pictures:\n  a.png:\n    split: {1: [[1]]}\n", "objects.yaml:3:", "a point is two numbers"),
        ("pictures:\n  a.png:\n    split: {1: [[1, nan]]}\n", "objects.yaml:3:", "a point is two numbers"),
        ("pictures:\n  a.png:\n    names: {1: [x]}\n", "objects.yaml:3:", "must be a text"),
        ("pictures: [a.png]\n", "objects.yaml:1: pictures:", "a section for each picture"),
        ("ignore: [[1, 2, 3]]\n", "objects.yaml:1: ignore:", "x, y, width, height"),
        ("ignore: [[1, 2, 0, 4]]\n", "objects.yaml:1: ignore:", "x, y, width, height"),
        ("pictures:\n  a.png: {}\n  a.png: {}\n", "objects.yaml:", "given twice"),
        ("a: &x [*x]\n", "objects.yaml", "not"),
    ])
    func whatIsWrongIsToldWithFileLineKeyAndRemedy(text: String, place: String, remedy: String) {
        let problems = problems(text)
        #expect(problems.contains { $0.hasPrefix(place) && $0.contains(remedy) }, "\(problems)")
    }
}
