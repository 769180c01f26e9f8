package import Imaging
internal import Metrics
package import Verdicts

/// How the findings of one image compare with what is wrong in it.
package struct Explanation: Equatable, Sendable, Codable {
    /// Things that are wrong; those of them whose place can be told.
    package private(set) var anomalyCount = 0
    package private(set) var placedCount = 0

    /// Things for which there is a finding of their kind; of any kind at their place; of their kind at their place.
    package private(set) var kindCount = 0
    package private(set) var placeCount = 0
    package private(set) var rightCount = 0

    package private(set) var findingCount = 0

    /// Findings that are about nothing that is wrong.
    package private(set) var wrongCount = 0

    /// A place in a picture and the kind it is told as.
    package struct Claim {
        package let kind: FindingKind
        package let boxes: [PixelBox]

        package init(kind: FindingKind, boxes: [PixelBox]) {
            self.kind = kind
            self.boxes = boxes
        }

        package init(_ finding: Finding) {
            self.init(kind: finding.kind, boxes: [finding.box, finding.expectedBox].compactMap(\.self))
        }
    }

    /// Boxes that overlap by this ratio of common to whole area mean the same place.
    private static let overlap = 0.3

    /// - Parameter mask: the image's defective pixels in frame pixels, if they are known.
    package init(claims: [Claim], anomalies: [Anomaly], mask: Mask?) {
        // A thing that needs two findings has two slots.
        var slots: [(anomaly: Int, needed: Int)] = []
        for (index, anomaly) in anomalies.enumerated() {
            for _ in 0..<anomaly.kind.findingCount { slots.append((index, anomaly.kind.findingCount)) }
        }
        /// How many anomalies have all their slots filled, and how many claims are used.
        func pair(_ fits: (Anomaly, Claim) -> Bool) -> (anomalies: Set<Int>, used: Int) {
            let partners = Pairing.largest(left: slots.count, right: claims.count) { slot, claim in
                fits(anomalies[slots[slot].anomaly], claims[claim])
            }
            var filled = [Int](repeating: 0, count: anomalies.count)
            for (slot, partner) in partners.enumerated() where partner != nil { filled[slots[slot].anomaly] += 1 }
            let whole = anomalies.indices.filter { filled[$0] == anomalies[$0].kind.findingCount }
            return (Set(whole), partners.count { $0 != nil })
        }
        func isPlaced(_ anomaly: Anomaly) -> Bool {
            switch anomaly.place {
            case .boxes: true
            case .insideMask: mask != nil
            case .nowhere: false
            }
        }
        func isAt(_ anomaly: Anomaly, _ claim: Claim) -> Bool { Self.isAtPlace(anomaly.place, claim, mask: mask) }
        func isOfKind(_ anomaly: Anomaly, _ claim: Claim) -> Bool { anomaly.kind.findings.contains(claim.kind) }

        anomalyCount = anomalies.count
        placedCount = anomalies.count(where: isPlaced)
        kindCount = pair(isOfKind).anomalies.count
        placeCount = pair(isAt).anomalies.count
        rightCount = pair { isOfKind($0, $1) && isAt($0, $1) }.anomalies.count
        findingCount = claims.count
        wrongCount = claims.count - pair { isOfKind($0, $1) && (isAt($0, $1) || !isPlaced($0)) }.used
    }

    private static func isAtPlace(_ place: Anomaly.Place, _ claim: Claim, mask: Mask?) -> Bool {
        switch place {
        case .boxes(let boxes):
            return boxes.contains { box in claim.boxes.contains { $0.overlapRatio(box) >= overlap } }
        case .insideMask:
            guard let mask else { return false }
            return claim.boxes.contains { box in
                let inside = box.clamped(to: mask.grid)
                return inside.area > 0 && 2 * mask.area(in: inside) >= box.area
            }
        case .nowhere: return false
        }
    }
}

extension Mask {
    fileprivate func area(in part: PixelBox) -> Int {
        var area = 0
        for y in part.y..<part.maxY {
            for x in part.x..<part.maxX where contains(x: x, y: y) { area += 1 }
        }
        return area
    }
}
