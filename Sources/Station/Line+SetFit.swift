internal import Assessment
internal import Capture
internal import Imaging
internal import Inference
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

extension Line {
    /// Refuses a set that this line's camera would get no verdict under.
    func checkGoesWith(_ set: JudgingSet) throws(SetRefusal) {
        let (settings, source) = state.withLock { ($0.orders.settings, $0.condition.source) }
        guard case .streaming(let description) = source else { return }
        let wanted = set.assessor.set.manifest.preprocessing.imageSize
        if let size = settings.judgedSize(of: description), !size.hasShape(of: wanted) {
            throw SetRefusal(
                reason: """
                    \(set.label): its images have \(wanted.width) × \(wanted.height) pixels, what this line judges has \
                    \(size.width) × \(size.height), another shape; enrol it from this line's pictures
                    """)
        }
        guard case .device = settings.camera, settings.whenControlsDiffer == .refuse else { return }
        let differences = ControlComparison.differences(of: description.controls, enrolled: set.enrolledControls)
            .filter { $0.measure == .supportSet }
        guard let first = differences.first else { return }
        throw SetRefusal(
            reason: "\(set.label): \(first.sentence); set the camera so, or set when_controls_differ to warn")
    }
}

extension LineSettings {
    /// The size of the pictures that are judged; nil where the camera does not say.
    fileprivate func judgedSize(of description: CameraDescription) -> PixelSize? {
        if let region { return PixelSize(width: region.width, height: region.height) }
        return description.size.map { Orientation(orientation).size(of: $0) }
    }
}
