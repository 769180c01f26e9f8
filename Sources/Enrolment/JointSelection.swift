internal import Assessment
internal import Composition
internal import Imaging
internal import LinearAlgebra
internal import Matching
internal import Regions
internal import SupportSets

/// Selects the objects of all good images together: what recurs as a whole in the others is an object.
struct JointSelection {
    /// For each image the nodes that are objects.
    private(set) var nodes: [[Int]]

    /// Nil for a single image.
    private(set) var agreement: ObjectAgreement?

    /// Every image is compared with so many at most, so that time and memory grow with the number of images only.
    private static let mostOthers = 8

    /// Looks again at most so often.
    private static let mostRounds = 3

    private let scenes: [Scene]
    private let firstLooks: [[Float]]

    /// For each image those that it is compared with, and how unlike their regions are.
    private let others: [[Int]]
    private let unlikeness: [[RegionUnlikeness]]

    /// For each image its regions, first the nodes that are no object people settled, then the settled objects.
    private let regions: [ReferenceRegions]

    /// - Parameter settled: for each image its objects if they are known; nothing is selected there.
    init(
        scenes: [Scene], candidates: [[ComparableObject]], settled: [[DetectedObject]?], centre: [Float]
    ) throws(MatchingError) {
        self.scenes = scenes
        let regions = scenes.indices.map { index in
            ReferenceRegions(
                scene: scenes[index], candidates: candidates[index], settled: settled[index], centre: centre)
        }
        let others = scenes.indices.map { image in
            (1..<max(1, min(scenes.count, Self.mostOthers + 1))).map { (image + $0) % scenes.count }
        }
        let unlikeness = scenes.indices.map { image in
            let compared = scenes[image].plausibleNodes
            return others[image].map { other in
                RegionUnlikeness(of: candidates[image], compared: compared, to: regions[other].comparables)
            }
        }
        self.others = others
        self.regions = regions
        self.unlikeness = unlikeness
        let firstLooks = scenes.indices.map { image in
            ObjectnessHead.firstLook(
                at: scenes[image].hierarchy,
                recurrence: ObjectnessHead.recurrence(of: candidates[image].count, in: unlikeness[image]))
        }
        self.firstLooks = firstLooks
        let alone = scenes.map(\.unadaptedSelection.nodes)
        nodes = alone
        guard scenes.count > 1 else { return }
        let unadapted = try agreement(of: alone)
        var best = ObjectAgreement(
            adapted: -1, unadapted: unadapted.value, moderation: ObjectSelection.usualModeration)
        var kept = confirmed(alone, partnerCounts: unadapted.partnerCounts)
        for moderation in Self.moderations where best.adapted < 1 {
            let nodes = settledSelection(moderation: moderation)
            let adapted = try agreement(of: nodes)
            guard adapted.value > best.adapted else { continue }
            best.adapted = adapted.value
            best.moderation = moderation
            if best.isAdapted { kept = confirmed(nodes, partnerCounts: adapted.partnerCounts) }
        }
        nodes = kept
        agreement = best
    }

    /// The first that makes all images agree is taken, else the best.
    private static let moderations: [Float] = [ObjectSelection.usualModeration, 0.5, 1]

    /// Selects by what recurs, then over and over by what was selected in the other images, until nothing changes.
    private func settledSelection(moderation: Float) -> [[Int]] {
        var nodes = scenes.indices.map { choose(from: $0, logOdds: firstLooks[$0], moderation: moderation) }
        for _ in 0..<Self.mostRounds {
            let isObject = regions.indices.map { regions[$0].isObject(selected: nodes[$0]) }
            let next = scenes.indices.map { image in
                let logOdds = ObjectnessHead.secondLook(
                    firstLooks[image], others: unlikeness[image], isObject: others[image].map { isObject[$0] })
                return choose(from: image, logOdds: logOdds, moderation: moderation)
            }
            if next == nodes { break }
            nodes = next
        }
        return nodes
    }

    private func choose(from image: Int, logOdds: [Float], moderation: Float) -> [Int] {
        ObjectSelection.choose(
            from: scenes[image].hierarchy, probability: logOdds.map(ObjectnessHead.probability), moderation: moderation)
    }

    /// Regions that are less alike than this are no partners.
    private static let strangers: Float = 0.8

    /// See `ObjectAgreement`; with it, for each node, the number of other images in which it has a partner.
    private func agreement(of nodes: [[Int]]) throws(MatchingError) -> (value: Float, partnerCounts: [[Int]]) {
        let objects = regions.indices.map { image in
            let isObject = regions[image].isObject(selected: nodes[image])
            return isObject.indices.filter { isObject[$0] }
        }
        var sum: Float = 0
        var pairCount: Float = 0
        var partnerCounts = nodes.map { $0.map { _ in 0 } }
        var solver = AssignmentSolver()
        // In an image whose objects people settled nothing is selected.
        for first in scenes.indices where !regions[first].isSettled {
            for (place, second) in others[first].enumerated() {
                pairCount += 1
                let (rows, columns) = (nodes[first], objects[second])
                guard !rows.isEmpty, !columns.isEmpty else { continue }
                let values = unlikeness[first][place]
                var costs = Matrix(repeating: 0, rowCount: rows.count, columnCount: columns.count)
                for (row, node) in rows.enumerated() {
                    for (column, other) in columns.enumerated() {
                        costs[row, column] = values[first: node, second: other]
                    }
                }
                let leave = Self.strangers / 2
                let pairs = try PaddedAssignment(
                    minimising: costs, unmatchedRows: [Float](repeating: leave, count: rows.count),
                    unmatchedColumns: [Float](repeating: leave, count: columns.count), with: &solver
                ).assignment.pairs
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

/// The regions of one good image to which those of others are compared.
private struct ReferenceRegions {
    let comparables: [ComparableObject]

    /// The node of each region; nil for an object that people settled.
    private let nodes: [Int?]
    let isSettled: Bool

    init(scene: Scene, candidates: [ComparableObject], settled: [DetectedObject]?, centre: [Float]) {
        let plausible = scene.plausibleNodes
        guard let settled else {
            comparables = plausible.map { candidates[$0] }
            nodes = plausible.map { $0 }
            isSettled = false
            return
        }
        // A node that is a settled object by most of its pixels is not held against it.
        let others = plausible.filter { node in
            let mask = scene.hierarchy.mask(of: node)
            return !settled.contains { $0.mask.iou(mask) >= 0.5 }
        }
        comparables =
            others.map { candidates[$0] } + settled.map { ComparableObject($0.descriptor, centre: centre) }
        nodes = others.map { $0 } + settled.map { _ in nil }
        isSettled = true
    }

    func isObject(selected: [Int]) -> [Bool] {
        guard !isSettled else { return nodes.map { $0 == nil } }
        let selected = Set(selected)
        return nodes.map { $0.map(selected.contains) ?? false }
    }
}
