internal import Composition
internal import Imaging
package import Matching
package import SupportSets
internal import Verdicts

/// The product's own method: calibrated object matching and a structural search, each divided by what the good images
/// themselves reach; the larger decides, unless both are large.
package struct AssayJudge: Sendable {
    private let set: SupportSet
    private let logical: LogicalJudge
    private let structural: StructuralSearch
    private let scale: SurfaceScale
    private let switches: JudgementSwitches

    package init(set: SupportSet, switches: JudgementSwitches = .standard) {
        self.set = set
        self.switches = switches
        logical = LogicalJudge(bank: set.logical, classes: set.classes, switches: switches)
        structural = StructuralSearch(bank: set.structural, structure: set.manifest.structure)
        scale = SurfaceScale(switches.usesSpread ? set.manifest.surface : nil)
    }

    /// The share of a map that its score rests on (ObjectCore eq. 8 uses the same).
    package static let topFraction: Float = 0.01

    package func judge(_ scene: Scene, withMap: Bool = false) throws(MatchingError) -> Judgement {
        let calibration = set.manifest.calibration
        let distances = structural.map(of: scene.features).smoothed()
        let map = scale.applied(to: distances)
        var objects = try logical.judge(scene)
        if let evidence = PlaceEvidence(map: distances, set: set, switches: switches) {
            objects = objects.weighed(
                by: evidence, level: calibration.structuralLevel, scale: scale, in: scene)
        }
        let logicalScore = switches.branches == .structural ? 0 : objects.score / calibration.logicalLevel
        let structuralScore =
            switches.branches == .logical ? 0 : map.topMean(fraction: Self.topFraction) / calibration.structuralLevel

        let limit = calibration.methods[Method.assay.rawValue]?.findingLimit ?? 0
        let regions = SurfaceFindings(
            map: map, level: calibration.structuralLevel, scene: scene,
            objects: objects.nodes.map { objects.regions.box(of: $0) },
            known: set.logical.images[objects.nearest].objects
        ) { region in
            guard set.manifest.structure.isAligned else { return nil }
            return SurfaceContrast(of: region, features: scene.features, bank: set.structural)
        }.findings
        var findings = DifferenceFindings(
            judgement: objects, bank: set.logical, scene: scene, limit: limit, level: calibration.logicalLevel,
            isDecisive: logicalScore >= structuralScore || regions.isEmpty, evidence: regions.compactMap(\.place)
        ).findings
        Self.add(regions, to: &findings)
        Self.shareOut(&findings)
        var judgement = Judgement(
            score: switches.score(logical: logicalScore, structural: structuralScore), nearest: objects.nearest,
            objectsSeen: objects.nodes.count,
            objectsExpected: set.logical.images[objects.nearest].objects.count, findings: findings)
        judgement.logicalScore = logicalScore
        judgement.structuralScore = structuralScore
        if withMap {
            judgement.map = AssayMap.of(
                scene, structural: map, objects: objects, bank: set.logical, calibration: calibration)
        }
        return judgement
    }

    /// A region on an object that is told already says where on the object to look, unless the object is altogether another;
    /// any other is told on its own.
    private static func add(_ regions: [Finding], to findings: inout [Finding]) {
        let told = findings.indices
        var narrowed: Set<Int> = []
        for region in regions {
            guard let index = told.first(where: { findings[$0].covers(region) }) else {
                findings.append(region)
                continue
            }
            guard findings[index].kind == .changed, let box = findings[index].box, let place = region.box else {
                continue
            }
            if 3 * place.area > 2 * box.area || findings[index].cost > Self.another { continue }
            if narrowed.insert(index).inserted {
                findings[index].box = place
                findings[index].mask = region.mask
            } else {
                findings.append(region)
            }
        }
    }

    /// An object that costs more has not changed at one place: it is another.
    private static let another: Float = 0.6

    /// Findings come in with their normalised strength as `share`; they leave with shares that add up to 1.
    private static func shareOut(_ findings: inout [Finding]) {
        let total = findings.reduce(Float(0)) { $0 + $1.share }
        guard total > 0 else { return }
        for index in findings.indices { findings[index].share /= total }
        findings.sort { $0.share > $1.share }
    }
}

extension Finding {
    /// Where it is, or should be.
    fileprivate var place: PixelBox? { box ?? expectedBox }

    /// The other finding lies mostly in the place that this one is about.
    fileprivate func covers(_ other: Finding) -> Bool {
        guard let place, let region = other.place else { return false }
        return 2 * place.intersection(region).area >= min(region.area, place.area)
    }
}
