package import Assessment
internal import LinearAlgebra
package import Matching
package import SupportSets

/// Sorts things that lie anywhere into kinds: every good image holds the same things.
///
/// Looks alone do not say where one kind ends, since a washer in the shade is nearly a nut. So the images' objects are
/// sorted into slots first, at most one of each image to a slot, such that the slots' objects are alike; then slots that
/// differ no more from each other than within are joined. What is joined is looked at again by itself, by what its own
/// things differ in: beside bolts a washer is as good as a nut, among nuts it is not.
package struct LooseKinds {
    /// For each image and object its kind; -1 for what most images lack.
    package private(set) var kinds: [[Int]]

    /// Objects less alike than this share no slot, unless they are of a group already.
    private static let mostUnlike: Float = 1
    private static let neverTooUnlike: Float = 30

    /// Two groups are of two kinds when so many of their things are liker to their own than to the other's, and the
    /// other's are so many times as unlike: in all, in appearance, or most clearly in a part of a single number, by
    /// which chance may sort things of one kind. A torn thing among four may be like neither.
    private static let separation: (share: Float, ratio: Float) = (0.85, 1.6)
    private static let partSeparation: (share: Float, ratio: Float) = (0.95, 3)

    /// So many of a group's things stand for it when groups are compared.
    private static let sampleCount = 24

    /// - Parameter labels: for each settled image what its objects are called; two names are never one kind.
    package init(of objects: [[ComparableObject]], labels: [[ObjectLabel]?]) throws(MatchingError) {
        kinds = objects.map { $0.map { _ in -1 } }
        var groups = [objects.map { Array($0.indices) }]
        var isWhole = true
        var count = 0
        while let group = groups.popLast() {
            let parts = try Self.parts(of: group, objects: objects, isWhole: isWhole, labels: labels)
            isWhole = false
            // By itself a group is what it was: one kind.
            if parts.count > 1 {
                groups += parts
                continue
            }
            for (image, members) in (parts.first ?? group).enumerated() {
                for object in members { kinds[image][object] = count }
            }
            count += 1
        }
    }

    /// The groups that a group's objects fall into, each as objects of each image.
    private static func parts(
        of group: [[Int]], objects: [[ComparableObject]], isWhole: Bool, labels: [[ObjectLabel]?]
    ) throws(MatchingError) -> [[[Int]]] {
        let unlikeness = ThingUnlikeness(of: objects, members: group, isWhole: isWhole, labels: labels)
        let slots = try LooseSlots.best(of: unlikeness, mostUnlike: isWhole ? mostUnlike : neverTooUnlike)
        // What fewer than half of the images hold is nothing to count on.
        let held = (slots?.things ?? []).map { $0.compactMap { $0 } }.filter { 2 * $0.count >= group.count }
        var parts = try exchanged(joined(held, unlikeness), unlikeness)
        if !isWhole, !parts.isEmpty { parts = adding(unlikeness.images.joined(), to: parts, unlikeness) }
        return parts.map { part in
            let part = Set(part)
            return zip(unlikeness.images, group).map { things, objects in
                zip(things, objects).filter { part.contains($0.0) }.map(\.1)
            }
        }
    }

    /// Joins the groups that are alike, the likest first, until all that are left differ.
    private static func joined(_ slots: [[Int]], _ unlikeness: ThingUnlikeness) -> [[Int]] {
        var groups = slots
        var pairs: [(first: Int, second: Int, unlike: Float)] = []
        func pair(_ second: Int, with firsts: some Sequence<Int>) {
            for first in firsts where !groups[first].isEmpty {
                pairs.append((first, second, unlikeness.mean(between: groups[first], and: groups[second])))
            }
        }
        for second in groups.indices { pair(second, with: 0..<second) }
        while let likest = pairs.indices.min(by: { pairs[$0].unlike < pairs[$1].unlike }) {
            let (first, second, _) = pairs.remove(at: likest)
            if areTwoKinds(groups[first], groups[second], unlikeness) { continue }
            pairs.removeAll { [first, second].contains($0.first) || [first, second].contains($0.second) }
            groups.append(groups[first] + groups[second])
            groups[first] = []
            groups[second] = []
            pair(groups.count - 1, with: 0..<(groups.count - 1))
        }
        return groups.filter { !$0.isEmpty }
    }

    /// Each image's things change places between the groups until all are where they are likest.
    private static func exchanged(
        _ groups: [[Int]], _ unlikeness: ThingUnlikeness
    ) throws(MatchingError) -> [[Int]] {
        guard groups.count > 1 else { return groups }
        var groups = groups
        var solver = AssignmentSolver()
        for _ in 0..<8 {
            let before = groups
            let within = unlikeness.meanParts(within: groups)
            for image in unlikeness.images {
                let image = Set(image)
                let own = groups.map { $0.filter(image.contains) }
                let others = groups.map { $0.filter { !image.contains($0) } }
                let things = own.flatMap { $0 }
                let homes = own.indices.flatMap { group in own[group].map { _ in group } }
                guard things.count > 1, homes.allSatisfy({ !others[$0].isEmpty }) else { continue }
                let costs = Matrix(
                    rowCount: things.count, columnCount: things.count,
                    elements: things.flatMap { thing in
                        let unlike = others.map { (unlikeness.meanParts(between: [thing], and: $0) / within).sum() }
                        return homes.map { unlike[$0] }
                    })
                _ = try solver.solve(costs)
                groups = others
                for (row, thing) in things.enumerated() {
                    groups[homes[solver.column(ofRow: row) ?? row]].append(thing)
                }
            }
            if groups.map({ Set($0) }) == before.map({ Set($0) }) { break }
        }
        return groups
    }

    /// Things that are in no group join the likest.
    private static func adding(
        _ things: some Sequence<Int>, to groups: [[Int]], _ unlikeness: ThingUnlikeness
    ) -> [[Int]] {
        let known = Set(groups.joined())
        var more = groups
        for thing in things where !known.contains(thing) {
            let likest = groups.indices.min {
                unlikeness.mean(between: [thing], and: groups[$0]) < unlikeness.mean(between: [thing], and: groups[$1])
            }
            if let likest { more[likest].append(thing) }
        }
        return more
    }

    private static func areTwoKinds(_ one: [Int], _ other: [Int], _ unlikeness: ThingUnlikeness) -> Bool {
        let (one, other) = (sample(of: one), sample(of: other))
        return areApart(one, other, by: .all, unlikeness)
            || areApart(one, other, by: .part(.appearance), unlikeness)
            || [CostPart.colour, .area, .shape].contains { areFarApart(one, other, by: .part($0), unlikeness) }
    }

    private static func areApart(
        _ one: [Int], _ other: [Int], by measure: ThingUnlikeness.Measure, _ unlikeness: ThingUnlikeness
    ) -> Bool {
        var ratios: [Float] = []
        for (own, strange) in [(one, other), (other, one)] where own.count > 1 {
            for thing in own {
                let within = median(own.filter { $0 != thing }.map { unlikeness.between(thing, $0, by: measure) })
                let across = median(strange.map { unlikeness.between(thing, $0, by: measure) })
                ratios.append(across / max(within, .leastNormalMagnitude))
            }
        }
        guard !ratios.isEmpty else { return false }
        return Float(ratios.count { $0 > 1 }) >= separation.share * Float(ratios.count)
            && median(ratios) >= separation.ratio
    }

    private static func areFarApart(
        _ one: [Int], _ other: [Int], by measure: ThingUnlikeness.Measure, _ unlikeness: ThingUnlikeness
    ) -> Bool {
        let within = [one, other].flatMap { own in
            own.indices.flatMap { first in
                own[(first + 1)...].map { unlikeness.between(own[first], $0, by: measure) }
            }
        }
        let across = one.flatMap { first in other.map { unlikeness.between(first, $0, by: measure) } }
        guard !within.isEmpty, !across.isEmpty else { return false }
        var larger = 0
        for distance in across { larger += within.count { $0 < distance } }
        let means = (
            within: within.reduce(0, +) / Float(within.count), across: across.reduce(0, +) / Float(across.count)
        )
        return Float(larger) >= partSeparation.share * Float(within.count * across.count)
            && means.across >= partSeparation.ratio * means.within
    }

    private static func sample(of things: [Int]) -> [Int] {
        guard things.count > sampleCount else { return things }
        return (0..<sampleCount).map { things[$0 * things.count / sampleCount] }
    }

    private static func median(_ values: [Float]) -> Float { values.sorted()[(values.count - 1) / 2] }
}
