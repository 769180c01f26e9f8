import SupportSets
import Testing

/// How much good images differ at each place, in the manifest.
@Suite struct SurfaceSpreadTests {
    @Test func aSetKeepsIt() throws {
        let folder = try SetFolder()
        let surface = try #require(try SupportSet(opening: folder.path).manifest.surface)
        #expect(surface.height == 2 && surface.width == 2)
        for (cell, distance) in zip(0..<4, [0, 0.1, 0.2, 1] as [Float]) {
            #expect(abs(surface[cell] - distance) < 1e-5)
        }
    }

    @Test func aSetFromBeforeItWasKeptStillOpens() throws {
        let folder = try SetFolder()
        try folder.editManifest { $0.replacing(/,\n  "surface" : \{[^}]*\}/, with: "") }
        #expect(try SupportSet(opening: folder.path).manifest.surface == nil)
    }

    @Test(arguments: [
        ("0000199a3333ffff", "0000199a333fff"), ("0000199a3333ffff", "0000199a3333fffg"),
        ("0000199a3333ffff", ""), ("\"width\" : 2", "\"width\" : 3"), ("\"width\" : 2", "\"width\" : -2"),
        ("\"width\" : 2", "\"width\" : 9223372036854775807"),
    ])
    func cellsThatAreNoneAreRefused(value: String, other: String) throws {
        let folder = try SetFolder()
        try folder.editManifest { text in
            #expect(text.contains(value))
            return text.replacing(value, with: other)
        }
        #expect(try #require(folder.refusal()).description.contains("surface.cells"))
    }

    @Test func anotherGridThanTheBanksIsRefused() throws {
        let folder = try SetFolder()
        try folder.editManifest {
            $0.replacing("\"width\" : 2", with: "\"width\" : 1").replacing("\"height\" : 2", with: "\"height\" : 4")
        }
        #expect(try #require(folder.refusal()).description.contains("another grid"))
    }
}
