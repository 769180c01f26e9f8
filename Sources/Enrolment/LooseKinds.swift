package import Assessment
internal import LinearAlgebra
package import Matching
package import SupportSets

/// Sorts things that lie anywhere into kinds: every good image holds the same things.
///
/// Looks alone do not say where one kind ends, since a washer in the shade is nearly a nut. So the images' objects are
/// sorted into slots first, at most one of each image to a slot, such that the slots' objects are alike; then slots that
/// differ no more from each other than within are one kind.
package struct LooseKinds {
    /// For each image and object its kind; -1 for what most images lack.
    package let kinds: [[Int]]

    /// Objects less alike than this share no slot.
    private static let mostUnlike: Float = 1

    /// Two slots are of two kinds when so many of their objects' pairs differ more across the two than within, and by so
    /// many times as much on average: in all, more clearly in appearance, or most clearly in a part of a single number,
    /// by which chance may sort things of one kind.
    private static let separation: (share: Float, ratio: Float) = (0.9, 1.4)
    private static let appearanceSeparation: (share: Float, ratio: Float) = (0.9, 2)
    private static let partSeparation: (share: Float, ratio: Float) = (0.95, 3)

    /// How unlike two things are that people call differently.
    private static let otherName: Float = 10

    /// - Parameter labels: for each settled image what its objects are called; two names are never one kind.
    package init(of objects: [[ComparableObject]], labels: [[ObjectLabel]?]) throws(MatchingError) {
        let unlikeness = Unlikeness(of: objects, labels: labels)
        var best: (slots: [[Int?]], cost: Float) = ([], .infinity)
        for reference in objects.indices where !objects[reference].isEmpty {
            let found = try Self.slots(of: unlikeness, from: reference)
            if found.cost < best.cost { best = found }
        }
        // What fewer than half of the images hold is nothing to count on.
        let slots = best.slots.filter { 2 * $0.count { $0 != nil } >= objects.count }
        let names = Self.merged(slots, unlikeness)
        var kinds = objects.map { $0.map { _ in -1 } }
        for (slot, members) in slots.enumerated() {
            for (image, object) in members.enumerated() {
                if let object { kinds[image][object] = names[slot] }
            }
        }
        self.kinds = kinds
    }

    /// Slots that begin as the objects of one image; every image's objects are then assigned to them anew until nothing
    /// changes.
    private static func slots(
        of unlikeness: Unlikeness, from reference: Int
    ) throws(MatchingError) -> (slots: [[Int?]], cost: Float) {
        var slots = (0..<unlikeness.counts[reference]).map { object in
            unlikeness.counts.indices.map { $0 == reference ? Optional(object) : nil }
        }
        var solver = AssignmentSolver()
        for _ in 0..<8 {
            let before = slots
            for image in unlikeness.counts.indices where unlikeness.counts[image] > 0 {
                var costs = Matrix(
                    repeating: 2 * mostUnlike, rowCount: unlikeness.counts[image], columnCount: slots.count)
                for (column, slot) in slots.enumerated() {
                    for row in 0..<unlikeness.counts[image] {
                        costs[row, column] =
                            unlikeness.mean(of: row, in: image, to: slot) ?? (slot[image] == row ? 0 : 2 * mostUnlike)
                    }
                }
                let pairs = try PaddedAssignment(
                    minimising: costs, unmatchedRows: [Float](repeating: mostUnlike / 2, count: costs.rowCount),
                    unmatchedColumns: [Float](repeating: mostUnlike / 2, count: costs.columnCount), with: &solver
                ).assignment.pairs
                for slot in slots.indices { slots[slot][image] = nil }
                for pair in pairs { slots[pair.column][image] = pair.row }
            }
            if slots == before { break }
        }
        return (slots, cost(of: slots, unlikeness))
    }

    /// What the pairs within the slots differ by, and what is left without a slot.
    private static func cost(of slots: [[Int?]], _ unlikeness: Unlikeness) -> Float {
        var cost: Float = 0
        for slot in slots { cost += unlikeness.pairs(within: slot).reduce(0, +) }
        let placed = slots.reduce(0) { $0 + $1.count { $0 != nil } }
        let all = unlikeness.counts.reduce(0, +)
        return cost + mostUnlike * Float((all - placed) * (unlikeness.counts.count - 1))
    }

    /// The number of each slot's kind.
    private static func merged(_ slots: [[Int?]], _ unlikeness: Unlikeness) -> [Int] {
        var names = Array(slots.indices)
        for (first, one) in slots.enumerated() {
            for second in (first + 1)..<max(slots.count, first + 1) where names[second] != names[first] {
                if areTwoKinds(one, slots[second], unlikeness) { continue }
                let old = names[second]
                for slot in names.indices where names[slot] == old { names[slot] = names[first] }
            }
        }
        return names
    }

    private static func areTwoKinds(_ one: [Int?], _ other: [Int?], _ unlikeness: Unlikeness) -> Bool {
        func areApart(_ measure: Measure, _ limits: (share: Float, ratio: Float)) -> Bool {
            let within = unlikeness.pairs(within: one, by: measure) + unlikeness.pairs(within: other, by: measure)
            let across = unlikeness.pairs(between: one, and: other, by: measure)
            guard !within.isEmpty, !across.isEmpty else { return false }
            var larger = 0
            for distance in across { larger += within.count { $0 < distance } }
            let means = (
                within: within.reduce(0, +) / Float(within.count), across: across.reduce(0, +) / Float(across.count)
            )
            return Float(larger) >= limits.share * Float(within.count * across.count)
                && means.across >= limits.ratio * means.within
        }
        return areApart(.all, separation)
            || areApart(.part(.appearance), appearanceSeparation)
            || [CostPart.colour, .area, .shape].contains { areApart(.part($0), partSeparation) }
    }

    /// What objects are compared by.
    private enum Measure {
        case all
        case part(CostPart)
    }

    /// How unlike the objects of all images are.
    private struct Unlikeness {
        /// For each image how many objects it holds.
        let counts: [Int]
        private let starts: [Int]
        private let looks: RegionUnlikeness
        private let parts: [[PartVector]]
        private let names: [String?]

        init(of objects: [[ComparableObject]], labels: [[ObjectLabel]?]) {
            counts = objects.map(\.count)
            var starts = [0]
            for image in objects { starts.append(starts[starts.count - 1] + image.count) }
            self.starts = starts
            let all = objects.flatMap { $0 }
            looks = RegionUnlikeness(of: all, to: all)
            parts = all.map { one in all.map { PartDistances.between(one, $0) } }
            names = objects.indices.flatMap { image in objects[image].indices.map { labels[image]?[$0].name } }
        }

        private func between(_ first: Int, _ second: Int, by measure: Measure = .all) -> Float {
            if let one = names[first], let other = names[second] { return one == other ? 0 : LooseKinds.otherName }
            return switch measure {
            case .all: looks[first: first, second: second]
            case .part(let part): parts[first][second][part.rawValue]
            }
        }

        /// How unlike an object is to a slot's objects in other images; nil for a slot without any.
        func mean(of object: Int, in image: Int, to slot: [Int?]) -> Float? {
            var sum: Float = 0
            var count: Float = 0
            for (other, member) in slot.enumerated() where other != image {
                guard let member else { continue }
                sum += between(starts[image] + object, starts[other] + member)
                count += 1
            }
            return count > 0 ? sum / count : nil
        }

        func pairs(within slot: [Int?], by measure: Measure = .all) -> [Float] {
            let members = places(of: slot)
            return members.indices.flatMap { first in
                members[(first + 1)...].map { between(members[first], $0, by: measure) }
            }
        }

        func pairs(between one: [Int?], and other: [Int?], by measure: Measure) -> [Float] {
            let others = places(of: other)
            return places(of: one).flatMap { first in others.map { between(first, $0, by: measure) } }
        }

        private func places(of slot: [Int?]) -> [Int] {
            slot.enumerated().compactMap { image, object in object.map { starts[image] + $0 } }
        }
    }
}
