/// How well the objects of the good images agree: as selected by what all of them show, and as each shows them alone.
///
/// Between two images it is the share of the objects of the fuller one that have a partner in the other; 0...1, the mean
/// over all pairs of images.
package struct ObjectAgreement: Equatable, Sendable, Codable {
    package var adapted: Float
    package var unadapted: Float

    /// How much a whole is preferred to several pieces, 0...1: what made the good images agree best.
    package var moderation: Float

    package init(adapted: Float, unadapted: Float, moderation: Float) {
        self.adapted = adapted
        self.unadapted = unadapted
        self.moderation = moderation
    }

    /// What all good images show together made the selection better; else each image's own selection was kept.
    package var isAdapted: Bool { adapted >= unadapted }
}
