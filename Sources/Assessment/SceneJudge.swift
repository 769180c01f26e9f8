package import Matching
package import SupportSets

/// One of the three methods, prepared for one support set.
package struct SceneJudge: Sendable {
    private enum Kind: Sendable {
        case objectcore(ObjectCoreJudge)
        case romad(RomadJudge)
        case assay(AssayJudge)
    }
    private let kind: Kind

    package init(set: SupportSet, method: Method) throws(MatchingError) {
        switch method {
        case .objectcore: kind = .objectcore(ObjectCoreJudge(set: set))
        case .romad: kind = .romad(try RomadJudge(set: set))
        case .assay: kind = .assay(AssayJudge(set: set))
        }
    }

    package func judge(_ scene: Scene) throws(MatchingError) -> Judgement {
        switch kind {
        case .objectcore(let judge): try judge.judge(scene)
        case .romad(let judge): try judge.judge(scene)
        case .assay(let judge): try judge.judge(scene)
        }
    }
}
