package import Imaging
package import Verdicts

/// One thing that is wrong in a test image.
package struct Anomaly: Equatable, Sendable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case missing
        case extra
        case wrong
        case moved
        case swapped
        case structural

        /// The findings that say so.
        package var findings: Set<FindingKind> {
            switch self {
            case .missing: [.missing]
            case .extra: [.extra]
            case .wrong: [.changed]
            case .moved, .swapped: [.moved]
            case .structural: [.surface, .changed]
            }
        }

        /// Two things that changed places are two that moved.
        package var findingCount: Int { self == .swapped ? 2 : 1 }
    }

    package enum Place: Equatable, Sendable {
        /// A finding has to lie on one of these.
        case boxes([PixelBox])

        /// Anywhere inside the image's mask of defects: a lacking part that may lie anywhere.
        case insideMask

        /// The image cannot show where.
        case nowhere
    }

    package let kind: Kind
    package let place: Place

    package init(kind: Kind, place: Place) {
        self.kind = kind
        self.place = place
    }
}
