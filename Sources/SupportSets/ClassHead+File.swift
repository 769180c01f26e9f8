/// The file `classes.bank`: a magic word, a version, then the head's values in order, all little-endian.
extension ClassHead {
    package static let fileName = "classes.bank"
    private static let magic = "ASYCLASS"
    private static let version: UInt32 = 1
    static let mostBytes = 256 << 20

    var fileContent: [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.magic)
        writer.write(Self.version)
        writer.write(names.count)
        for name in names { writer.write(name) }
        writer.write(centre)
        writer.write(means)
        writer.write(deviations)
        writer.write(weights)
        return writer.bytes
    }

    /// - Parameter channelCount: of the set's logical bank.
    package init(fileContent: [UInt8], path: String, channelCount: Int) throws(SupportSetError) {
        var reader = ByteReader(fileContent, path: path)
        guard try reader.readText(upTo: 16, of: "magic word") == Self.magic else {
            throw reader.damaged("it is no file of classes")
        }
        let version = try reader.readWord()
        guard version == Self.version else { throw .unknownSchema(path: path, found: "classes \(version)") }
        var names: [String] = []
        for _ in 0..<(try reader.readCount(upTo: 1000, of: "class count")) {
            let name = try reader.readText(upTo: ObjectLabel.mostBytes, of: "class name")
            if let problem = ObjectLabel.problem(with: name) { throw reader.damaged("a class name \(problem)") }
            names.append(name)
        }
        let centre = try reader.readFloats(upTo: channelCount, of: "channel count")
        let means = try reader.readFloats(upTo: Self.measureCount, of: "measure count")
        let deviations = try reader.readFloats(upTo: Self.measureCount, of: "measure count")
        let width = channelCount + Self.measureCount + 1
        let weights = try reader.readFloats(upTo: (names.count + 1) * width, of: "weight count")
        guard !names.isEmpty, Set(names).count == names.count, centre.count == channelCount,
            means.count == Self.measureCount, deviations.count == Self.measureCount,
            weights.count == (names.count + 1) * width, reader.isAtEnd,
            deviations.allSatisfy({ $0 > 0 }), (centre + means + weights).allSatisfy({ abs($0) <= 1e6 })
        else { throw reader.damaged("its classes and weights do not fit together") }
        self.init(names: names, centre: centre, means: means, deviations: deviations, weights: weights)
    }
}
