/// A component of the seed map above one level, while the level tree is being built.
struct LevelNode: Sendable {
    /// How many levels lie below the pixels that were added last.
    let band: Int

    /// Towards the component that holds this one now; itself at the top. Shortened by every search.
    var top: Int32

    /// The component of the next lower level that took this one in, or the one of the same level it was united with.
    var parent: Int32 = -1

    /// Whether it was united with an earlier node of its own level, its `parent`.
    var isUnited = false
    var area: Int32 = 0
    var peak: Float = 0

    /// How many significant branches it has, and whether one of them splits further up.
    var branchCount: Int32 = 0
    var hasSplitBranch = false

    /// Whether it is itself a significant branch of its parent.
    var isBranch = false

    /// The seed its pixels belong to, or one of the marks below.
    var seed: Int32 = 0

    /// Its pixels belong to no seed, but branches above it may.
    static let open: Int32 = 0

    /// Neither its pixels nor what lies above belong to a seed.
    static let barren: Int32 = -1

    /// Whether two or more significant branches part somewhere above.
    var splits: Bool { branchCount >= 2 || (branchCount == 1 && hasSplitBranch) }
}
