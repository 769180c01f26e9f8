internal import RealModule
package import SupportSets

/// Ingredients of the methods that can be left out or replaced, so that what each brings can be measured.
///
/// A station has them all as they stand here.
package struct JudgementSwitches: Equatable, Sendable {
    /// Which of the two comparisons decide.
    package enum Branches: Int, Sendable, CaseIterable {
        case both
        case structural
        case logical
    }

    /// Of `assay` and `objectcore`.
    package var branches: Branches = .both

    // Of `assay`.

    /// Which norm of the two branches' scores is the score: 1 is their sum, a very high one the larger alone. By the fourth the
    /// larger decides, unless the other comes near it: then both say more than one.
    package var norm: Float = 4

    /// Parts of the cost of a pair that count as nothing. Whether the neighbours are the right ones, looks and places tell
    /// better: where a tree cuts one thing otherwise, all that lie near it have other neighbours.
    package var ignoredParts: Set<CostPart> = [.context]

    /// Objects of one kind lend each other their looks.
    package var usesKinds = true

    /// What is seldom found in good images counts less.
    package var usesWeights = true

    /// Each object's differences are divided by how much it varies itself; else by what all objects vary.
    package var usesOwnScales = true

    /// An object may lie wherever it lies in any good image.
    package var usesPartners = true

    /// What good images show beside their objects is no surprise.
    package var usesClutter = true

    /// Kinds that look nearly the same are told apart by the line between their means.
    package var usesLines = true

    /// What the hierarchy joins in another way than the good images is parted into known things.
    package var partsJoins = true

    /// Where a product lies aligned, what is said of an object counts as far as its place looks unlike in good images.
    package var weighsEvidence = true

    /// A surface counts as unlike as far as good images differ less at its place.
    package var usesSpread = true

    /// Patches of a product that lies aligned are looked for near their places only.
    package var usesAlignment = true

    /// Patches of a product that lies anywhere are looked for in the good images turned as well.
    package var usesTurnedViews = true

    // Of `objectcore`.

    /// The share of the map that its score rests on; of 0 it is the largest value.
    package var topFraction = 0.01

    /// Objects are their bounding boxes instead of their masks.
    package var usesBoxes = false

    // Of `romad`.

    /// λ, the weight of the difference of areas.
    package var romadAreaWeight: Float = 0.5
    package var romadUsesContext = true

    /// An object left over costs as much as its cheapest pair; else as its dearest.
    package var romadTakesCheapest = false

    package static let standard = JudgementSwitches()

    package init() {}

    /// The score of `assay` from those of its branches.
    package func score(logical: Float, structural: Float) -> Float {
        switch branches {
        case .both: both(max(logical, structural), min(logical, structural)) / Self.patience
        case .structural: structural
        case .logical: logical
        }
    }

    /// Good images come near both levels now and then: one branch alone has to pass its level by so much.
    private static let patience: Float = 1.08

    private func both(_ larger: Float, _ smaller: Float) -> Float {
        larger > 0 ? larger * Float.pow(1 + Float.pow(max(0, smaller) / larger, norm), 1 / norm) : 0
    }

    /// A bank that has only the ingredients left in.
    package func applied(to bank: LogicalBank) -> LogicalBank {
        var bank = bank
        mute(&bank.commonScales)
        for image in bank.images.indices {
            if !usesClutter { bank.images[image].clutter = [] }
            for object in bank.images[image].objects.indices {
                apply(to: &bank.images[image].objects[object], common: bank.commonScales)
            }
        }
        return bank
    }

    private func apply(to object: inout SupportObject, common: PartVector) {
        if !usesKinds { object.kind = -1 }
        if !usesWeights { object.weight = 1 }
        if !usesOwnScales { object.scales = common }
        if !usesPartners { object.partners = object.partners.map { _ in -1 } }
        mute(&object.scales)
    }

    /// Differences divided by so much are nothing.
    private func mute(_ scales: inout PartVector) {
        for part in ignoredParts { scales[part.rawValue] = 1e6 }
    }
}
