internal import Composition
internal import Imaging
internal import SupportSets

/// One good image's found objects while they are corrected. An object takes one correction.
struct CorrectedImage {
    let found: [DetectedObject]

    /// For each object that was corrected, how, for a message.
    private(set) var claims: [Int: String] = [:]
    private(set) var dropped: Set<Int> = []

    /// What was made of an object, by its index; an empty list for one that went into another.
    private var made: [Int: [SettledObject]] = [:]
    private var names: [String: String] = [:]

    init(found: [DetectedObject]) {
        self.found = found
    }

    /// The id that people see: the first object is 1.
    static func id(_ index: Int) -> String { "\(index + 1)" }

    static func id(_ indices: [Int]) -> String { indices.sorted().map(id).joined(separator: "+") }

    func isOpen(_ index: Int) -> Bool { claims[index] == nil }

    mutating func merge(_ indices: [Int], as mask: Mask? = nil, claim: String) {
        let sorted = indices.sorted()
        var union = mask ?? found[sorted[0]].mask
        if mask == nil { for index in sorted.dropFirst() { union = union.union(found[index].mask) } }
        for index in sorted {
            claims[index] = claim
            made[index] = []
        }
        made[sorted[0]] = [SettledObject(mask: union, label: ObjectLabel(id: Self.id(sorted)))]
    }

    mutating func split(_ index: Int, into pieces: [Mask], claim: String) {
        claims[index] = claim
        made[index] = zip("abcdefghijklmnop", pieces).map { letter, mask in
            SettledObject(mask: mask, label: ObjectLabel(id: "\(Self.id(index))\(letter)"))
        }
    }

    mutating func drop(_ index: Int, claim: String) {
        claims[index] = claim
        dropped.insert(index)
        made[index] = []
    }

    mutating func keep(_ index: Int, claim: String) { claims[index] = claim }

    mutating func name(_ id: String, _ name: String) { names[id] = name }

    var ids: [String] { objects.map(\.label.id) }

    var objects: [SettledObject] {
        found.indices.flatMap { index in
            made[index] ?? [SettledObject(mask: found[index].mask, label: ObjectLabel(id: Self.id(index)))]
        }.map { object in
            var object = object
            object.label.name = names[object.label.id]
            return object
        }
    }

    var settled: SettledImage {
        SettledImage(
            objects: objects,
            clutter: dropped.sorted().map {
                SettledObject(mask: found[$0].mask, label: ObjectLabel(id: Self.id($0)))
            })
    }
}
