/// How the classes of a set were learnt and how sure they are (`classes` in the manifest).
package struct ClassReport: Codable, Equatable, Sendable {
    /// One pass of self-training (ROMAD 4.2): how many of the images without annotation were labelled so that their counts
    /// of classes are those of an annotated image.
    package struct Pass: Codable, Equatable, Sendable {
        package var verified: Int
        package var of: Int

        package init(verified: Int, of: Int) {
            self.verified = verified
            self.of = of
        }
    }

    package var names: [String]
    package var annotatedCount: Int

    /// The counts of objects by class that a good image may have, in the order of `names`.
    package var histograms: [[Int]]
    package var passes: [Pass]

    /// Each annotated image labelled by a head that was learnt from the others: one row a class and one for what is no
    /// object, one column a class found and one for objects that were not found.
    package var confusion: [[Int]]

    /// Good images that were given but could not be labelled so that their counts agree, and so are no part of the set.
    package var leftOut: [String]

    package init(
        names: [String], annotatedCount: Int, histograms: [[Int]], passes: [Pass], confusion: [[Int]],
        leftOut: [String] = []
    ) {
        self.names = names
        self.annotatedCount = annotatedCount
        self.histograms = histograms
        self.passes = passes
        self.confusion = confusion
        self.leftOut = leftOut
    }

    private enum CodingKeys: String, CodingKey {
        case names
        case annotatedCount = "annotated"
        case histograms, passes, confusion
        case leftOut = "left_out"
    }

    /// The share of the annotated objects that were found and of which the class was told right; nil without any.
    package var accuracy: Double? {
        let found = names.indices.flatMap { row in confusion.indices.contains(row) ? confusion[row].dropLast() : [] }
        let total = found.reduce(0, +)
        guard total > 0 else { return nil }
        let right = names.indices.reduce(0) { $0 + (confusion.indices.contains($1) ? confusion[$1][$1] : 0) }
        return Double(right) / Double(total)
    }
}
