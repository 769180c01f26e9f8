internal import Assessment
internal import Composition
internal import SupportSets

/// How unlike things of several images are, each known by a number.
struct ThingUnlikeness {
    /// What things are compared by.
    enum Measure {
        case all
        case part(CostPart)
    }

    /// For each image the numbers of its things.
    let images: [[Int]]

    private let looks: RegionUnlikeness
    private let parts: [[PartVector]]
    private let names: [String?]

    /// How unlike two things are that people call differently.
    private static let otherName: Float = 10

    /// - Parameters:
    ///   - members: for each image which of its objects are compared.
    ///   - isWhole: these are all objects. Of others the features count as they differ from these things' own mean: what
    ///     all have in common tells none of them apart.
    init(of objects: [[ComparableObject]], members: [[Int]], isWhole: Bool, labels: [[ObjectLabel]?]) {
        var things = zip(objects, members).flatMap { objects, members in members.map { objects[$0] } }
        if !isWhole {
            let centre = Self.mean(of: things)
            things = things.map { ComparableObject($0.descriptor, centre: centre) }
        }
        var next = 0
        images = members.map { members in
            defer { next += members.count }
            return Array(next..<(next + members.count))
        }
        looks = RegionUnlikeness(of: things, to: things)
        let names = members.indices.flatMap { image in members[image].map { labels[image]?[$0].name } }
        self.names = names
        parts = things.indices.map { first in
            things.indices.map { second in
                if let one = names[first], let other = names[second] {
                    return one == other ? .zero : PartVector(repeating: Self.otherName)
                }
                var parts = PartDistances.between(things[first], things[second])
                parts[CostPart.position.rawValue] = 0
                parts[CostPart.context.rawValue] = 0
                return parts
            }
        }
    }

    func between(_ first: Int, _ second: Int, by measure: Measure = .all) -> Float {
        switch measure {
        case .part(let part): return parts[first][second][part.rawValue]
        case .all:
            if let one = names[first], let other = names[second] { return one == other ? 0 : Self.otherName }
            return looks[first: first, second: second]
        }
    }

    /// The mean over all pairs of one thing of each group.
    func mean(between one: [Int], and other: [Int]) -> Float {
        var sum: Float = 0
        for first in one { for second in other { sum += between(first, second) } }
        return sum / Float(max(one.count * other.count, 1))
    }

    /// How much each part of the looks differs between things of one group on average.
    func meanParts(within groups: [[Int]]) -> PartVector {
        var sum = PartVector()
        var count: Float = 0
        for group in groups {
            for (index, first) in group.enumerated() {
                for second in group[(index + 1)...] {
                    sum += parts[first][second]
                    count += 1
                }
            }
        }
        return pointwiseMax(sum / max(count, 1), PartDistances.floors / 10) + .unused
    }

    func meanParts(between one: [Int], and other: [Int]) -> PartVector {
        var sum = PartVector()
        for first in one { for second in other { sum += parts[first][second] } }
        return sum / Float(max(one.count * other.count, 1))
    }

    private static func mean(of things: [ComparableObject]) -> [Float] {
        var sums = [Float](repeating: 0, count: things.first?.descriptor.representation.count ?? 0)
        for thing in things {
            for (channel, value) in thing.descriptor.representation.enumerated() { sums[channel] += value }
        }
        return sums.map { $0 / Float(things.count) }
    }
}
