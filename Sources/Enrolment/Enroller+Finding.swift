internal import Assessment
internal import Imaging
internal import Inference
internal import Matching
internal import SupportSets

extension Enroller {
    /// What would be enrolled as the objects of these pictures, without a threshold and without writing anything.
    package func find(
        in pictures: [SupportPicture], guidance: EnrolmentGuidance, progress: (Step) -> Void
    ) throws(EnrolmentError) -> FoundObjects {
        _ = try Self.checked(pictures)
        var scenes: [Scene] = []
        for picture in pictures {
            scenes.append(try scene(of: picture.image))
            progress(.perceived(scenes.count, of: pictures.count))
        }
        let names = Self.names(of: pictures)
        let (settled, notes) = try settle(scenes, names: names, pictures: pictures, guidance: guidance)
        return FoundObjects(bank: try bank(of: scenes, names: names, settled: settled), settled: settled, notes: notes)
    }

    /// The objects that need not be looked for, as people said what they are.
    func settle(
        _ scenes: [Scene], names: [String], pictures: [SupportPicture], guidance: EnrolmentGuidance
    ) throws(EnrolmentError) -> (SettledObjects, [CorrectionNote]) {
        guard !guidance.corrections.pictures.isEmpty else { return (SettledObjects(), []) }
        let found = try bank(of: scenes, names: names, settled: SettledObjects())
        let corrector = ObjectCorrector(scenes: scenes, names: names, paths: pictures.map(\.name), bank: found)
        do {
            let (objects, notes) = try corrector.settle(guidance.corrections)
            return (objects, notes)
        } catch {
            throw .corrections(error, file: guidance.correctionsPath)
        }
    }

    private func bank(
        of scenes: [Scene], names: [String], settled: SettledObjects
    ) throws(EnrolmentError) -> LogicalBank {
        do {
            return try LogicalFit.bank(of: scenes, names: names, settled: settled)
        } catch {
            throw .model(.notFinite(output: "\(error)"))
        }
    }
}
