internal import Composition
internal import RealModule
internal import SupportSets
internal import Verdicts

extension Sentence.Change {
    /// What a person would say that has changed most about an object.
    ///
    /// - Parameter parts: how far each part of the cost deviates; its place is told otherwise.
    static func largest(of parts: PartVector, from known: ObjectDescriptor, to seen: ObjectDescriptor) -> Self {
        let others = CostPart.allCases.filter { $0 != .position }
        let largest = others.max { parts[$0.rawValue] < parts[$1.rawValue] } ?? .appearance
        switch largest {
        case .appearance, .position: return .look
        case .colour: return .colour
        case .context: return .neighbours
        case .shape, .length: return length(from: known, to: seen) ?? (largest == .shape ? .shape : area(known, seen))
        case .bow, .threefold, .fourfold: return .shape
        case .area: return area(known, seen)
        }
    }

    /// Nil for what is about as long as before, or has become wider or narrower as well: a thing that only grew is larger.
    private static func length(from known: ObjectDescriptor, to seen: ObjectDescriptor) -> Self? {
        let ratio = max(seen.majorAxis, 1e-4) / max(known.majorAxis, 1e-4)
        let width = max(seen.minorAxis, 1e-4) / max(known.minorAxis, 1e-4)
        let length = abs(Float.log(ratio))
        return length >= leastLength && 2 * abs(Float.log(width)) < length ? .length(ratio: ratio) : nil
    }

    private static func area(_ known: ObjectDescriptor, _ seen: ObjectDescriptor) -> Self {
        .area(ratio: seen.area / max(known.area, 1e-8))
    }

    /// A smaller change of the logarithm of the length is none that a person sees.
    private static let leastLength: Float = 0.05
}
