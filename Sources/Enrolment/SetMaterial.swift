internal import Assessment
internal import Inference
internal import Matching
internal import SupportSets

/// All that sets of some good images are made of: whichever of the images are taken, a set is made in the same way.
struct SetMaterial {
    let scenes: [Scene]
    let names: [String]

    /// What all images together say their objects are. Fewer would say so less surely: a set of the others is to differ from
    /// the whole by the image it lacks, not by another notion of what an object is.
    let selected: SelectedObjects

    /// Of the same images, where the product lies anywhere.
    let turned: TurnedViews
    let structure: SupportSetManifest.Structure
    let model: ModelIdentity
    let preprocessing: SupportSetManifest.Preprocessing
    let parameters: EnrolmentParameters
    let settled: SettledObjects
    let classes: ClassHead?

    /// - Parameters:
    ///   - kept: indices of the images.
    ///   - surface: how much good images differ at each place, as far as it is known.
    ///   - detailWidth: what the details' scales are multiplied by.
    func set(
        of kept: [Int], calibration: Calibration, surface: SurfaceSpread? = nil, detailWidth: Float = 1
    ) throws(MatchingError) -> SupportSet {
        let scenes = kept.map { self.scenes[$0] }
        let manifest = SupportSetManifest(
            name: "", version: "", created: "", k: scenes.count, model: model, preprocessing: preprocessing,
            cameraControls: [:], calibration: calibration, structure: structure, surface: surface, files: [:])
        return SupportSet(
            identity: SupportSetIdentity(name: "", version: "", digest: ""), manifest: manifest,
            logical: parameters.switches.applied(
                to: try LogicalFit.bank(
                    of: scenes, names: kept.map { names[$0] }, settled: settled, selected: selected.subset(kept)
                ).widened(details: detailWidth)),
            structural: StructuralFit.bank(
                of: scenes, turned: turned.subset(kept), coreLimit: parameters.coreLimit), classes: classes)
    }
}
