internal import Imaging

/// A correction made in one image, as the same is looked for in the others.
struct CorrectionTemplate {
    enum Change {
        case merge([Int])
        case split(Int, [Mask])
        case drop(Int)
    }

    /// Where the correction was made.
    let image: Int

    /// Of the objects found in that image, by their indices.
    let change: Change

    var text: String {
        switch change {
        case .merge(let indices): "merged \(CorrectedImage.id(indices))"
        case .split(let index, let pieces): "split \(CorrectedImage.id(index)) into \(pieces.count)"
        case .drop(let index): "dropped \(CorrectedImage.id(index))"
        }
    }
}
