package import Assessment
package import SupportSets

extension ClassHead {
    /// What images teach of which every object is settled and named; nil where none is.
    ///
    /// - Parameters:
    ///   - names: of the images in the set; those that are not settled teach nothing.
    package static func learnt(from scenes: [Scene], names: [String], settled: SettledObjects) -> ClassHead? {
        let images = zip(scenes, names).compactMap { scene, name in
            settled.images[name].map { LabelledScene(scene: scene, image: $0) }
        }
        let classes = Set(images.flatMap { $0.image.objects.compactMap(\.label.name) }).sorted()
        guard !classes.isEmpty else { return nil }
        return ClassHeadFit.head(
            names: classes, samples: images.flatMap { $0.samples(names: classes) },
            centre: LogicalFit.mean(of: scenes.map(\.meanFeature)))
    }
}
