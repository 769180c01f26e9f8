internal import Assessment
internal import Composition
package import Imaging
package import Inference
package import SupportSets
internal import Verdicts

/// Finds out what a set can judge, by altering its own images one part at a time and judging them by the set of the other
/// images.
package struct SelfTest {
    /// The most images that are altered.
    private static let mostImages = 4

    /// The most kinds of parts of which one is altered in every image.
    private static let mostKinds = 12

    /// Pictures of each alteration that are aimed at, of every kind and in all.
    private static let perKind = 4
    private static let perAlteration = 16

    /// Parts that good images do not all have prove nothing.
    private static let sure: Float = 0.5

    private let model: any PerceptionModel
    private let ignored: [PixelBox]

    /// - Parameter ignored: places that are not judged, in pixels of the images.
    package init(model: any PerceptionModel, ignored: [PixelBox] = []) {
        self.model = model
        self.ignored = ignored
    }

    /// - Parameters:
    ///   - images: all images of the set, in its order.
    ///   - set: the set of all of them, calibrated for `assay`.
    ///   - progress: called with the count of pictures judged and about how many there are.
    package func report(
        on images: [Image], of set: SupportSet, by heldOut: HeldOutSets, progress: (Int, Int) -> Void
    ) throws(SelfTestError) -> SelfTestReport {
        let chosen = Self.spread(min(Self.mostImages, images.count), over: images.count)
        let alterers = chosen.map { Self.alterer(of: images[$0], set.logical.images[$0]) }
        let kinds = Self.kinds(in: alterers)
        let perKind = max(Self.perKind, Self.perAlteration / max(1, kinds.count))
        let rounds = (perKind + chosen.count - 1) / chosen.count
        let total = chosen.count * kinds.count * rounds * Alteration.allCases.count
        var tally = SelfTestTally()
        var done = 0
        for (place, index) in chosen.enumerated() {
            let assessor = try assessor(of: try Self.fitted { () throws in try heldOut.set(without: index) })
            let alterer = alterers[place]
            let name = set.logical.images[index].name
            for (kindPlace, kind) in kinds.enumerated() {
                let parts = alterer.parts.indices.filter { alterer.parts[$0].kind == kind }
                for round in 0..<rounds {
                    for (number, alteration) in Alteration.allCases.enumerated() {
                        done += 1
                        guard round < parts.count else { continue }
                        let turn = place + round + kindPlace
                        let part = parts[(turn + number) % parts.count]
                        guard let altered = alterer.altered(part, by: alteration, turn: turn) else { continue }
                        let assessment = try assess(altered.image, by: assessor)
                        tally.add(
                            alteration, of: alterer.parts[part], in: name, isNoticed: assessment.decision != .pass,
                            isExplained: altered.isExplained(by: assessment.findings))
                        progress(done, total)
                    }
                }
                if let part = parts.first, let bare = alterer.untouched(like: part, turn: place + kindPlace) {
                    tally.addUntouched(isNoticed: try assess(bare, by: assessor).decision != .pass)
                }
            }
        }
        return tally.report(isByOthers: images.count > 1)
    }

    private func assess(_ image: Image, by assessor: Assessor) throws(SelfTestError) -> Assessment {
        do {
            return try assessor.assess(Scene(perceiving: image, but: ignored, with: model))
        } catch {
            throw .model(error)
        }
    }

    private func assessor(of set: SupportSet) throws(SelfTestError) -> Assessor {
        do {
            return try Assessor(model: model, set: set, method: .assay)
        } catch {
            throw .cannotJudge("\(error)")
        }
    }

    private static func fitted(_ set: () throws -> SupportSet) throws(SelfTestError) -> SupportSet {
        do {
            return try set()
        } catch {
            throw .cannotJudge("\(error)")
        }
    }

    /// Indices that are as far apart as can be.
    private static func spread(_ count: Int, over all: Int) -> [Int] {
        (0..<count).map { $0 * all / count }
    }

    private static func alterer(of image: Image, _ support: SupportImage) -> PictureAlterer {
        let grid = support.objects.first?.object.mask.grid ?? image.size
        let parts = support.objects.compactMap { object -> AlterablePart? in
            let mask = object.object.mask.scaled(to: image.size)
            guard object.weight >= sure, mask.area > 0 else { return nil }
            let descriptor = object.object.descriptor
            return AlterablePart(
                mask: mask, kind: object.kind, elongation: descriptor.elongation,
                orientation: descriptor.orientation, hasPlace: object.hasPlace, label: object.label?.name)
        }
        let softness = max(1, (image.width + 2 * grid.width - 1) / (2 * grid.width))
        return PictureAlterer(image: image, parts: parts, softness: softness)
    }

    /// The kinds of the parts, those first that most pictures have.
    private static func kinds(in alterers: [PictureAlterer]) -> [Int] {
        var counts: [Int: Int] = [:]
        for alterer in alterers {
            for kind in Set(alterer.parts.map(\.kind)) { counts[kind, default: 0] += 1 }
        }
        return Array(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(mostKinds))
    }
}

/// Why a set could not be tested on its own images.
package enum SelfTestError: Error, CustomStringConvertible {
    case model(InferenceError)
    case cannotJudge(String)

    package var description: String {
        switch self {
        case .model(let error): "the model failed: \(error)"
        case .cannotJudge(let problem): "the set without one of its images cannot judge: \(problem)"
        }
    }
}
