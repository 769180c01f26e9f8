internal import Imaging
internal import Verdicts

extension Assessment {
    /// The judgement of a part of a frame, told in pixels of the whole frame.
    func moved(from region: PixelBox, to frame: PixelSize) -> Assessment {
        func moved(_ box: PixelBox?) -> PixelBox? {
            box.map { PixelBox(x: $0.x + region.x, y: $0.y + region.y, width: $0.width, height: $0.height) }
        }
        var assessment = self
        assessment.findings = findings.map { finding in
            var finding = finding
            finding.box = moved(finding.box)
            finding.expectedBox = moved(finding.expectedBox)
            finding.mask = finding.mask?.moved(from: region, to: frame)
            return finding
        }
        return assessment
    }
}

extension Mask {
    /// The mask of a part of a frame on a grid of the whole frame.
    ///
    /// - Precondition: the region lies in the frame, as a region does that was cut out of it.
    fileprivate func moved(from region: PixelBox, to frame: PixelSize) -> Mask {
        let part = scaled(to: PixelSize(width: region.width, height: region.height))
        let box = PixelBox(
            x: part.box.x + region.x, y: part.box.y + region.y, width: part.box.width, height: part.box.height)
        return Mask(grid: frame, box: box, bits: part.bits)
    }
}
