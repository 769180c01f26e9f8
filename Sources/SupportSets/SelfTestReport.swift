package import Imaging

/// What a set noticed of its own images, altered (`self_test` in the manifest): what it can judge and what it cannot.
package struct SelfTestReport: Codable, Equatable, Sendable {
    /// Altered pictures of one sort.
    package struct Count: Codable, Equatable, Sendable {
        package var of = 0

        /// Those that did not pass.
        package var noticed = 0

        /// Those of which the right thing was said at the right place.
        package var explained = 0

        package init() {}

        /// The share that was noticed; nil without any.
        package var rate: Double? { of > 0 ? Double(noticed) / Double(of) : nil }
    }

    /// One alteration of one kind of part.
    package struct Part: Codable, Equatable, Sendable {
        /// Parts of one number look alike to the set.
        package var kind: Int

        /// What people call it, if they named it.
        package var label: String?

        /// One of the parts: the image it is in and where, in the image's pixels.
        package var image: String
        package var box: PixelBox
        package var count: Count

        package init(kind: Int, label: String?, image: String, box: PixelBox, count: Count) {
            self.kind = kind
            self.label = label
            self.image = image
            self.box = box
            self.count = count
        }
    }

    /// One alteration of all kinds of parts.
    package struct Entry: Codable, Equatable, Sendable {
        package var alteration: Alteration
        package var parts: [Part]

        package init(alteration: Alteration, parts: [Part]) {
            self.alteration = alteration
            self.parts = parts
        }

        package var count: Count {
            parts.reduce(into: Count()) { sum, part in
                sum.of += part.count.of
                sum.noticed += part.count.noticed
                sum.explained += part.count.explained
            }
        }
    }

    /// True when a picture was judged by the set of the other images; a single image can only be judged by itself, which
    /// notices more than it will notice of another product.
    package var isByOthers: Bool

    /// Pictures in which nothing but a bare place was filled in, as alterations fill them: what is noticed there is the
    /// work of the filling. Empty where there is no bare place.
    package var untouched: Count

    /// Alterations that the product allows; a part that lies anywhere cannot be turned or moved wrongly.
    package var entries: [Entry]

    package init(isByOthers: Bool, untouched: Count, entries: [Entry]) {
        self.isByOthers = isByOthers
        self.untouched = untouched
        self.entries = entries
    }

    private enum CodingKeys: String, CodingKey {
        case isByOthers = "by_others"
        case untouched, entries
    }

    /// How often an alteration was noticed; nil where it was not tried.
    package func rate(of alteration: Alteration) -> Double? {
        entries.first { $0.alteration == alteration }?.count.rate
    }
}
