package import Imaging

/// What one finding says in plain English.
package enum Sentence {
    /// How a changed object differs most.
    package enum Change: Sendable, Equatable {
        case look
        case colour
        case neighbours

        /// Seen area / known area.
        case area(ratio: Float)

        /// Seen length / known length.
        case length(ratio: Float)
        case shape
    }

    package static func missing(_ name: String?, expected: PixelBox, in frame: PixelSize) -> String {
        "\(subject(name)) is missing \(Place.words(for: expected, in: frame))."
    }

    /// Of a thing that lies elsewhere, whose place is empty.
    package static func left(_ name: String?, expected: PixelBox, now: PixelBox, in frame: PixelSize) -> String {
        let (from, to) = (Place.words(for: expected, in: frame), Place.words(for: now, in: frame))
        return "\(subject(name)) is missing \(from): it lies \(from == to ? "beside its place" : to)."
    }

    /// - Parameter share: seen area / known area.
    package static func scant(_ name: String?, expected: PixelBox, share: Float, in frame: PixelSize) -> String {
        let place = Place.words(for: expected, in: frame)
        let percent = Int((100 * share).rounded())
        return "Some of the \(name ?? "part") is missing \(place) (\(percent) % of the area is there)."
    }

    /// Of a thing that was never found as an object.
    package static func gone(from place: PixelBox, in frame: PixelSize) -> String {
        "Something that every good image shows is missing \(Place.words(for: place, in: frame))."
    }

    package static func mark(_ box: PixelBox, in frame: PixelSize) -> String {
        "A dark mark that no good image shows lies \(Place.words(for: box, in: frame))."
    }

    package static func extra(_ box: PixelBox, named name: String? = nil, in frame: PixelSize) -> String {
        let place = Place.words(for: box, in: frame)
        guard let name else { return "Something that no good image shows lies \(place)." }
        return "One \(name) more than in any good image lies \(place)."
    }

    package static func changed(_ name: String?, by change: Change, box: PixelBox, in frame: PixelSize) -> String {
        let start = "\(subject(name)) \(Place.words(for: box, in: frame))"
        switch change {
        case .look: return "\(start) looks unlike in every good image."
        case .colour: return "\(start) has another colour than in every good image."
        case .neighbours: return "\(start) has other neighbours than in every good image."
        case .shape: return "\(start) has another shape than in every good image."
        case .length(let ratio):
            let percent = Int((100 * ratio).rounded())
            return
                "\(start) is \(ratio < 1 ? "shorter" : "longer") than in every good image (\(percent) % of the length)."
        case .area(let ratio):
            let percent = Int((100 * ratio).rounded())
            return
                "\(start) is \(ratio < 1 ? "smaller" : "larger") than in every good image (\(percent) % of the area)."
        }
    }

    package static func moved(_ name: String?, box: PixelBox, from expected: PixelBox, in frame: PixelSize) -> String {
        let x = Float(box.x + box.width / 2 - expected.x - expected.width / 2)
        let y = Float(box.y + box.height / 2 - expected.y - expected.height / 2)
        let pixels = Int((x * x + y * y).squareRoot().rounded())
        let part = "\(subject(name)) \(Place.words(for: box, in: frame))"
        return "\(part) is \(pixels) pixels away from its place."
    }

    package static func movedTogether(
        _ count: Int, box: PixelBox, from expected: PixelBox, in frame: PixelSize
    ) -> String {
        let (from, to) = (Place.words(for: expected, in: frame), Place.words(for: box, in: frame))
        return "\(count) parts that belong \(from) lie \(from == to ? "beside their place" : to)."
    }

    package static func exchanged(_ name: String?, box: PixelBox, in frame: PixelSize) -> String {
        "\(subject(name)) \(Place.words(for: box, in: frame)) has changed places with another."
    }

    package static func surface(_ box: PixelBox, on name: String?, isOnObject: Bool, in frame: PixelSize) -> String {
        let place = Place.words(for: box, in: frame)
        guard isOnObject else { return "The surface \(place) looks unlike in every good image." }
        return "\(subject(name)) \(place) has a spot that no good image shows."
    }

    private static func subject(_ name: String?) -> String {
        guard let name else { return "The part" }
        return "The \(name)"
    }
}
