package import Assessment
package import Composition
internal import Imaging
internal import LinearAlgebra
package import Matching
internal import Regions
package import SupportSets

/// Selects the objects of all good images together: what recurs as a whole in the others is an object.
package struct JointSelection {
    /// For each image the nodes that are objects.
    package private(set) var nodes: [[Int]]

    /// Nil for a single image.
    package private(set) var agreement: ObjectAgreement?

    /// Looks again at most so often.
    private static let mostRounds = 3

    private let compared: ComparedScenes
    private let firstLooks: [[Float]]
    private let head: ObjectnessHead

    /// - Parameter settled: for each image its objects if they are known; nothing is selected there.
    package init(
        scenes: [Scene], candidates: [[ComparableObject]], settled: [[DetectedObject]?], centre: [Float],
        head: ObjectnessHead = .standard
    ) throws(MatchingError) {
        self.head = head
        compared = ComparedScenes(scenes, candidates: candidates, settled: settled, centre: centre)
        let alone = scenes.map(\.unadaptedSelection.nodes)
        nodes = alone
        guard let evidence = compared.evidence else {
            firstLooks = []
            return
        }
        firstLooks = scenes.indices.map { image in
            ObjectnessHead.measures(of: scenes[image].hierarchy, evidence: evidence[image]).map { head.first($0) }
        }
        let unadapted = try agreement(of: alone)
        var best = ObjectAgreement(
            adapted: -1, unadapted: unadapted.value, moderation: ObjectSelection.usualModeration)
        var kept = (nodes: alone, agreement: unadapted)
        for moderation in Self.moderations where best.adapted < 1 {
            let nodes = settledSelection(moderation: moderation)
            let adapted = try agreement(of: nodes)
            guard adapted.value > best.adapted else { continue }
            best.adapted = adapted.value
            best.moderation = moderation
            if best.isAdapted { kept = (nodes, adapted) }
        }
        let finer = FinerReading(of: compared, evidence: evidence).refined(kept.nodes)
        let finerAgreement = try agreement(of: finer)
        if finerAgreement.value >= kept.agreement.value { kept = (finer, finerAgreement) }
        let agreed = try AgreedReading(of: compared).refined(kept.nodes)
        let agreedAgreement = try agreement(of: agreed)
        if agreedAgreement.value >= kept.agreement.value { kept = (agreed, agreedAgreement) }
        nodes = confirmed(kept.nodes, partnerCounts: kept.agreement.partnerCounts)
        agreement = best
    }

    /// The first that makes all images agree is taken, else the best.
    private static let moderations: [Float] = [ObjectSelection.usualModeration, 0.5, 1]

    /// Selects by what recurs, then over and over by what was selected in the other images, until nothing changes.
    private func settledSelection(moderation: Float) -> [[Int]] {
        let (scenes, regions, others) = (compared.scenes, compared.regions, compared.others)
        var nodes = scenes.indices.map { choose(from: $0, logOdds: firstLooks[$0], moderation: moderation) }
        for _ in 0..<Self.mostRounds {
            let isObject = regions.indices.map { regions[$0].isObject(selected: nodes[$0]) }
            let next = scenes.indices.map { image in
                let measures = ObjectnessHead.measures(
                    firstLooks[image], others: compared.unlikeness[image],
                    isObject: others[image].map { isObject[$0] })
                return choose(from: image, logOdds: measures.map { head.second($0) }, moderation: moderation)
            }
            if next == nodes { break }
            nodes = next
        }
        return nodes
    }

    private func choose(from image: Int, logOdds: [Float], moderation: Float) -> [Int] {
        ObjectSelection.choose(
            from: compared.scenes[image].hierarchy, probability: logOdds.map(ObjectnessHead.probability),
            moderation: moderation)
    }

    /// See `ObjectAgreement`; with it, for each node, the number of other images in which it has a partner.
    private func agreement(of nodes: [[Int]]) throws(MatchingError) -> (value: Float, partnerCounts: [[Int]]) {
        let (regions, others) = (compared.regions, compared.others)
        let objects = regions.indices.map { image in
            let isObject = regions[image].isObject(selected: nodes[image])
            return isObject.indices.filter { isObject[$0] }
        }
        var sum: Float = 0
        var pairCount: Float = 0
        var partnerCounts = nodes.map { $0.map { _ in 0 } }
        var solver = AssignmentSolver()
        // In an image whose objects people settled nothing is selected.
        for first in regions.indices where !regions[first].isSettled {
            for (place, second) in others[first].enumerated() {
                pairCount += 1
                let (rows, columns) = (nodes[first], objects[second])
                guard !rows.isEmpty, !columns.isEmpty else { continue }
                let pairs = try compared.match(
                    rows, of: first, with: columns, ofOther: place, leaving: AgreedReading.leaveCost, using: &solver
                ).pairs
                sum += Float(pairs.count) / Float(max(rows.count, columns.count))
                for pair in pairs { partnerCounts[first][pair.row] += 1 }
            }
        }
        return (pairCount > 0 ? sum / pairCount : 0, partnerCounts)
    }

    /// The nodes that have a partner in any other image: the rest is no part of the product.
    private func confirmed(_ nodes: [[Int]], partnerCounts: [[Int]]) -> [[Int]] {
        nodes.indices.map { image in
            nodes[image].indices.filter { partnerCounts[image][$0] > 0 }.map { nodes[image][$0] }
        }
    }
}
