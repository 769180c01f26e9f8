internal import Imaging

/// The light a set's good images were taken in (`light` in the manifest).
package struct LightProfile: Codable, Equatable, Sendable {
    /// How one image differs from the typical one, in stops (powers of two): medians over the cells.
    package struct Deviation: Codable, Equatable, Sendable {
        /// Of the cells that can tell a darker picture, and of those that can tell a lighter one.
        package var darker: Float
        package var lighter: Float

        /// Red and blue, each against green.
        package var red: Float
        package var blue: Float

        package init(darker: Float, lighter: Float, red: Float, blue: Float) {
            self.darker = darker
            self.lighter = lighter
            self.red = red
            self.blue = blue
        }
    }

    /// The light of each cell, the median over the images: red, green, blue, 0 to 65535, as in `PictureLight`.
    package var cells: [[UInt16]]

    /// In the order of the images.
    package var deviations: [Deviation]

    /// The largest shares of black and of blown-out pixels among the images.
    package var blackShare: Double
    package var blownOutShare: Double

    package init(cells: [[UInt16]], deviations: [Deviation], blackShare: Double, blownOutShare: Double) {
        self.cells = cells
        self.deviations = deviations
        self.blackShare = blackShare
        self.blownOutShare = blownOutShare
    }

    /// Whether an enrolment could have written it for a set of `k` images.
    func isSound(k: Int) -> Bool {
        let values = deviations.flatMap { [$0.darker, $0.lighter, $0.red, $0.blue] }
        return cells.count == PictureLight.cellCount && cells.allSatisfy { $0.count == 3 } && deviations.count == k
            && values.allSatisfy { abs($0) <= 64 } && (0...1).contains(blackShare) && (0...1).contains(blownOutShare)
    }
}

extension LightProfile {
    private enum CodingKeys: String, CodingKey {
        case cells, deviations
        case blackShare = "black_share"
        case blownOutShare = "blown_out_share"
    }

    /// Cells are written as four hexadecimal digits a value: a manifest is still for reading.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Array(cells.joined()).hexadecimal, forKey: .cells)
        try container.encode(deviations, forKey: .deviations)
        try container.encode(blackShare, forKey: .blackShare)
        try container.encode(blownOutShare, forKey: .blownOutShare)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let values = [UInt16](hexadecimal: try container.decode(String.self, forKey: .cells)),
            values.count == PictureLight.cellCount * 3
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .cells, in: container,
                debugDescription: "light.cells are not \(PictureLight.cellCount * 12) hexadecimal digits")
        }
        self.init(
            cells: stride(from: 0, to: values.count, by: 3).map { Array(values[$0..<$0 + 3]) },
            deviations: try container.decode([Deviation].self, forKey: .deviations),
            blackShare: try container.decode(Double.self, forKey: .blackShare),
            blownOutShare: try container.decode(Double.self, forKey: .blownOutShare))
    }
}
