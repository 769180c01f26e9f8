internal import Synchronization

/// Sets lines of text in one font. The glyphs are shared by all threads that draw, so each is drawn once.
final class Lettering: Sendable {
    private struct GlyphKey: Hashable {
        let character: Unicode.Scalar
        let height: Int
    }

    private struct State: ~Copyable {
        let face: FontFace
        var glyphs: [GlyphKey: Glyph] = [:]

        /// Labels come from outside, so their characters could be many.
        static let mostGlyphs = 2048

        mutating func glyph(_ character: Unicode.Scalar, height: Int) -> Glyph? {
            let key = GlyphKey(character: character, height: height)
            if let glyph = glyphs[key] { return glyph }
            guard let glyph = face.glyph(character, height: height) else { return nil }
            if glyphs.count >= Self.mostGlyphs { glyphs.removeAll(keepingCapacity: true) }
            glyphs[key] = glyph
            return glyph
        }
    }

    private let state: Mutex<State>

    /// Characters may have no width, so the width alone is no bound.
    private static let mostCharacters = 1024

    /// Nil if the file is missing or is no font.
    init?(font path: String) {
        guard let face = FontFace(path: path) else { return nil }
        state = Mutex(State(face: face))
    }

    /// The text on one line, letters `height` pixels high; what does not fit into `mostWidth` is cut and ends in "…".
    func line(_ text: String, height: Int, mostWidth: Int) -> TextLine {
        let empty = TextLine(width: 0, height: 0, coverage: [])
        return state.withLock { state in
            guard let extent = state.face.extent(height: height) else { return empty }
            var glyphs: [Glyph] = []
            var width = 0
            let ellipsis = state.glyph("…", height: height)
            for character in text.unicodeScalars.prefix(Self.mostCharacters) {
                let isPrintable = !character.properties.isWhitespace && character.value >= 32
                guard let glyph = state.glyph(isPrintable ? character : " ", height: height) else { continue }
                if width + glyph.advance > mostWidth {
                    while let last = glyphs.last, width + (ellipsis?.advance ?? 0) > mostWidth {
                        width -= last.advance
                        glyphs.removeLast()
                    }
                    if let ellipsis, width + ellipsis.advance <= mostWidth {
                        glyphs.append(ellipsis)
                        width += ellipsis.advance
                    }
                    break
                }
                glyphs.append(glyph)
                width += glyph.advance
            }
            guard width > 0 else { return empty }
            return Self.set(glyphs, width: width, above: extent.above, below: extent.below)
        }
    }

    private static func set(_ glyphs: [Glyph], width: Int, above: Int, below: Int) -> TextLine {
        let height = above + below
        var coverage = [UInt8](repeating: 0, count: width * height)
        var pen = 0
        for glyph in glyphs {
            for row in 0..<glyph.height {
                let y = above - glyph.top + row
                guard y >= 0, y < height else { continue }
                for column in 0..<glyph.width {
                    let x = pen + glyph.left + column
                    guard x >= 0, x < width else { continue }
                    coverage[y * width + x] = max(coverage[y * width + x], glyph.coverage[row * glyph.width + column])
                }
            }
            pen += glyph.advance
        }
        return TextLine(width: width, height: height, coverage: coverage)
    }
}
