internal import Annotations
internal import Assessment
internal import Imaging
internal import Regions
internal import SupportSets

extension Enroller {
    /// Learns the classes of the annotated images, labels the others by them and keeps those that agree.
    func learnClasses(
        _ scenes: [Scene], names: [String], pictures: [SupportPicture], guidance: EnrolmentGuidance,
        into settling: inout Settling
    ) throws(EnrolmentError) {
        var annotated: [LabelledScene] = []
        var augmented: [LabelledScene] = []
        var open: [Int] = []
        for (index, annotation) in guidance.annotated.enumerated() {
            guard let annotation else {
                // What an engineer corrected is settled by that.
                if settling.objects.images[names[index]] == nil { open.append(index) }
                continue
            }
            let marked = AnnotatedScene(annotation, in: scenes[index])
            settling.objects.images[names[index]] = marked.settled
            if let text = marked.unseenText {
                settling.notes.append(CorrectionNote(image: names[index], text: text, outcome: .unseen))
            }
            annotated.append(LabelledScene(scene: scenes[index], image: marked.settled))
        }
        var others = open.map { scenes[$0] }
        for picture in guidance.unlabelled {
            others.append(try scene(of: picture.image, but: guidance.ignored.map(\.place)))
        }
        let classes = Set(annotated.flatMap { $0.image.objects.compactMap(\.label.name) }).sorted()
        guard !classes.isEmpty else { return }
        if !others.isEmpty {
            for (index, annotation) in guidance.annotated.enumerated() {
                guard let annotation else { continue }
                if let copy = try augment(
                    pictures[index].image, annotation, as: settling.objects.images[names[index]],
                    but: guidance.ignored.map(\.place))
                {
                    augmented.append(copy)
                }
            }
        }
        let training = SelfTraining(
            annotated: annotated, names: classes, centre: LogicalFit.mean(of: scenes.map(\.meanFeature)))
        let outcome = training.run(augmented: augmented, others: others)
        settling.head = outcome.head
        settling.report = outcome.report
        for (position, index) in open.enumerated() {
            if let labelled = outcome.labelled[position] {
                settling.objects.images[names[index]] = labelled
            } else {
                settling.kept.removeAll { $0 == index }
                settling.report?.leftOut.append(names[index])
            }
        }
    }

    /// An annotated picture with more of its rare objects, looked at anew.
    private func augment(
        _ picture: Image, _ annotation: AnnotatedPicture, as image: SettledImage?, but places: [PixelBox]
    ) throws(EnrolmentError) -> LabelledScene? {
        guard let image else { return nil }
        let objects = image.objects.compactMap { object in
            object.label.name.map { (mask: object.mask.scaled(to: picture.size), name: $0) }
        }
        guard let (altered, copies) = CopyPaste.copy(picture, objects: objects) else { return nil }
        let scene = try scene(of: altered, but: places)
        let grid = scene.hierarchy.size
        let copied = copies.map { (mask: $0.mask.scaled(to: grid), name: $0.name) }.filter { $0.mask.area > 0 }
        return LabelledScene(
            scene: scene,
            image: SettledImage(
                objects: image.objects
                    + copied.map { SettledObject(mask: $0.mask, label: ObjectLabel(id: "copy", name: $0.name)) }))
    }
}
