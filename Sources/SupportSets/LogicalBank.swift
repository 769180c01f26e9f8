package import Composition

/// The kinds of difference that `assay` weighs, in the order of every vector of parts.
package enum CostPart: Int, CaseIterable, Sendable {
    case appearance
    case colour
    case context
    case area
    case shape
    case position

    // What tells a thing from another of its kind: the vector's upper half.
    case length = 8
    case bow
    case threefold
    case fourfold

    package static let details: [CostPart] = [.length, .bow, .threefold, .fourfold]
}

/// One value for each `CostPart`; the other lanes are unused and zero.
package typealias PartVector = SIMD16<Float>

extension PartVector {
    /// A vector whose parts are given by name; those that are not are zero.
    package init(_ parts: KeyValuePairs<CostPart, Float>) {
        self = .zero
        for (part, value) in parts { self[part.rawValue] = value }
    }

    /// 1 in the lanes that no part uses.
    package static let unused: PartVector = {
        var lanes = PartVector(repeating: 1)
        for part in CostPart.allCases { lanes[part.rawValue] = 0 }
        return lanes
    }()
}

/// An object of a support image with what the other support images say of it.
package struct SupportObject: Equatable, Sendable {
    package var object: DetectedObject

    /// How reliably the object is found in the other support images, 0...1.
    package var weight: Float

    /// What each part of the cost is divided by: how much this object varies between good images.
    package var scales: PartVector

    /// The same object in the other support images: for each image the index of its partner, or -1.
    package var partners: [Int]

    /// Objects of one number, in any image, are of one kind: every look of theirs is good for each; -1 for none.
    package var kind: Int

    /// What people know it by; kept in `labels.json`.
    package var label: ObjectLabel?

    package init(
        object: DetectedObject, weight: Float, scales: PartVector, partners: [Int], kind: Int = -1,
        label: ObjectLabel? = nil
    ) {
        self.object = object
        self.weight = weight
        self.scales = scales
        self.partners = partners
        self.kind = kind
        self.label = label
    }

    /// The good images show it at one place; what lies anywhere has scales of its place and neighbours that no distance
    /// comes near to.
    package var hasPlace: Bool { scales[CostPart.position.rawValue] < Self.anywhere }

    /// No two places of a picture are as far apart, in units of its longer side.
    package static let anywhere: Float = 2
}

/// One support image's composition.
package struct SupportImage: Equatable, Sendable {
    /// The file name inside the set's `images` folder.
    package var name: String
    package var meanFeature: [Float]
    package var objects: [SupportObject]

    /// Regions that the segmenter proposes in this good image beside its objects: texture, shadow, print.
    package var clutter: [ObjectDescriptor]

    package init(name: String, meanFeature: [Float], objects: [SupportObject], clutter: [ObjectDescriptor]) {
        self.name = name
        self.meanFeature = meanFeature
        self.objects = objects
        self.clutter = clutter
    }

    package var composition: Composition {
        Composition(objects: objects.map(\.object), meanFeature: meanFeature)
    }
}

/// The logical memory bank `M_L`: one composition for each support image.
package struct LogicalBank: Equatable, Sendable {
    package var images: [SupportImage]

    /// The mean of the images' mean features: subtracted before representations are compared.
    package var centre: [Float]

    /// Scales for a region that has no counterpart in the bank.
    package var commonScales: PartVector

    /// How the objects were selected; kept in the manifest. Nil for a single image, which has nothing to agree with.
    package var agreement: ObjectAgreement?

    package init(images: [SupportImage], centre: [Float], commonScales: PartVector) {
        self.images = images
        self.centre = centre
        self.commonScales = commonScales
    }
}
