package import Imaging
package import Verdicts

/// A good picture in which one thing is wrong, with what should be said of it.
package struct AlteredPicture {
    /// One thing to be said.
    package struct Expected {
        package let kinds: Set<FindingKind>

        /// Any of these places will do; empty where the place is free.
        package let boxes: [PixelBox]
    }

    package let image: Image
    package let expected: [Expected]

    /// Boxes that overlap by this ratio of common to whole area mean the same place.
    private static let overlap = 0.3

    /// Everything that should be said is.
    package func isExplained(by findings: [Finding]) -> Bool {
        expected.allSatisfy { expected in
            findings.contains { finding in
                guard expected.kinds.contains(finding.kind) else { return false }
                let places = [finding.box, finding.expectedBox].compactMap(\.self)
                return expected.boxes.isEmpty
                    || expected.boxes.contains { box in places.contains { $0.overlapRatio(box) >= Self.overlap } }
            }
        }
    }
}
