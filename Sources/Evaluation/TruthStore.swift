internal import Imaging
internal import Synchronization

/// The defect masks of one category, each read once.
final class TruthStore: Sendable {
    /// Some defective image of the category has masks.
    let areKnown: Bool
    private let masks = Mutex<[String: DefectMasks]>([:])

    init(category: Category) {
        areKnown = category.test.contains { sample in
            if case .alternatives = sample.pixels { true } else { false }
        }
    }

    /// Nil where it is not known which pixels are defective.
    func masks(of sample: Sample, size: PixelSize) throws(EvaluationError) -> DefectMasks? {
        switch sample.pixels {
        case .unknown: return nil
        case .clean: return DefectMasks(cleanOf: size)
        case .alternatives(let truths):
            if let known = masks.withLock({ $0[sample.path] }) { return known }
            let read = try DefectMasks(reading: truths, for: size)
            masks.withLock { $0[sample.path] = read }
            return read
        }
    }
}
