internal import Annotations
internal import Assessment
internal import Imaging
internal import Inference
internal import Matching
internal import SupportSets

extension Enroller {
    /// What people say of the good images, applied to them.
    struct Settling {
        var objects = SettledObjects()
        var notes: [CorrectionNote] = []
        var head: ClassHead?
        var report: ClassReport?

        /// Indices of the images that go into the set.
        var kept: [Int]

        func found(in bank: LogicalBank) -> FoundObjects {
            FoundObjects(bank: bank, settled: objects, notes: notes, kept: kept, classes: report)
        }
    }

    /// What would be enrolled as the objects of these pictures, without a threshold and without writing anything.
    package func find(
        in pictures: [SupportPicture], guidance: EnrolmentGuidance, progress: (Step) -> Void
    ) throws(EnrolmentError) -> FoundObjects {
        let places = try Self.places(guidance, in: try Self.checked(pictures).image.size)
        var scenes: [Scene] = []
        for picture in pictures {
            scenes.append(try scene(of: picture.image, but: places))
            progress(.perceived(scenes.count, of: pictures.count))
        }
        let names = Self.names(of: pictures)
        let settling = try settle(scenes, names: names, pictures: pictures, guidance: guidance)
        let bank = try bank(
            of: settling.kept.map { scenes[$0] }, names: settling.kept.map { names[$0] }, settled: settling.objects)
        return settling.found(in: bank)
    }

    /// The objects that need not be looked for, as people said what they are.
    func settle(
        _ scenes: [Scene], names: [String], pictures: [SupportPicture], guidance: EnrolmentGuidance
    ) throws(EnrolmentError) -> Settling {
        var settling = Settling(kept: Array(scenes.indices))
        if !guidance.corrections.pictures.isEmpty {
            let found = try bank(of: scenes, names: names, settled: SettledObjects())
            let corrector = ObjectCorrector(scenes: scenes, names: names, paths: pictures.map(\.name), bank: found)
            do {
                (settling.objects, settling.notes) = try corrector.settle(guidance.corrections)
            } catch {
                throw .corrections(error, file: guidance.correctionsPath)
            }
        }
        guard guidance.annotated.contains(where: { $0 != nil }) else { return settling }
        for (index, annotation) in guidance.annotated.enumerated() where annotation != nil {
            if settling.notes.contains(where: { $0.image == names[index] && $0.outcome == .done }) {
                throw .correctedTwice(names[index])
            }
        }
        settling.notes.removeAll { note in
            names.indices.contains { names[$0] == note.image && guidance.annotated[$0] != nil }
        }
        try learnClasses(scenes, names: names, pictures: pictures, guidance: guidance, into: &settling)
        return settling
    }

    func bank(
        of scenes: [Scene], names: [String], settled: SettledObjects
    ) throws(EnrolmentError) -> LogicalBank {
        do {
            return try LogicalFit.bank(of: scenes, names: names, settled: settled)
        } catch {
            throw .model(.notFinite(output: "\(error)"))
        }
    }
}
