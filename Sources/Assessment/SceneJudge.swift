package import Matching
package import SupportSets

/// One of the methods, prepared for one support set.
package struct SceneJudge: Sendable {
    private enum Kind: Sendable {
        case objectcore(ObjectCoreJudge)
        case romad(RomadJudge)
        case assay(AssayJudge)
        case patchcore(PatchCoreJudge)
    }
    private let kind: Kind

    package init(
        set: SupportSet, method: Method, switches: JudgementSwitches = .standard
    ) throws(MatchingError) {
        switch method {
        case .objectcore: kind = .objectcore(ObjectCoreJudge(set: set, switches: switches))
        case .romad: kind = .romad(try RomadJudge(set: set, switches: switches))
        case .assay: kind = .assay(AssayJudge(set: set, switches: switches))
        case .patchcore: kind = .patchcore(PatchCoreJudge(set: set))
        }
    }

    /// - Parameter withMap: the judgement shall say how unusual every pixel is; a verdict needs no such map.
    package func judge(_ scene: Scene, withMap: Bool = false) throws(MatchingError) -> Judgement {
        switch kind {
        case .objectcore(let judge): try judge.judge(scene, withMap: withMap)
        case .romad(let judge): try judge.judge(scene, withMap: withMap)
        case .assay(let judge): try judge.judge(scene, withMap: withMap)
        case .patchcore(let judge): judge.judge(scene, withMap: withMap)
        }
    }
}
