internal import Composition
internal import Imaging

/// The file `logical.bank`: a magic word, a version, then the bank's values in order, all little-endian.
extension LogicalBank {
    private static let magic = "ASYLOGIC"
    private static let version: UInt32 = 3

    /// Bounds that no honest set reaches; they keep a hostile file from asking for the machine's memory.
    private enum Bound {
        static let images = 1024
        static let objects = 4096
        static let channels = 16384
        static let side = 16384
    }

    package var fileContent: [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.magic)
        writer.write(Self.version)
        writer.write(centre)
        writer.write(commonScales)
        writer.write(images.count)
        for image in images {
            writer.write(image.name)
            writer.write(image.meanFeature)
            writer.write(image.objects.count)
            for object in image.objects {
                writer.write(object.object.mask)
                writer.write(object.object.descriptor)
                writer.write(object.weight)
                writer.write(object.scales)
                for partner in object.partners { writer.write(UInt32(bitPattern: Int32(partner))) }
                writer.write(UInt32(bitPattern: Int32(object.kind)))
            }
            writer.write(image.clutter.count)
            for descriptor in image.clutter { writer.write(descriptor) }
        }
        return writer.bytes
    }

    package init(fileContent: [UInt8], path: String) throws(SupportSetError) {
        var reader = ByteReader(fileContent, path: path)
        guard try reader.readText(upTo: 16, of: "magic word") == Self.magic else {
            throw reader.damaged("it is not a logical bank")
        }
        let version = try reader.readWord()
        guard version == Self.version else { throw .unknownSchema(path: path, found: "logical bank \(version)") }
        centre = try reader.readValues(upTo: Bound.channels, of: "channel count")
        let channelCount = centre.count
        commonScales = try reader.readParts()
        let imageCount = try reader.readCount(upTo: Bound.images, of: "image count")
        images = []
        for _ in 0..<imageCount {
            let name = try reader.readText(upTo: 255, of: "image name")
            let meanFeature = try reader.readValues(upTo: Bound.channels, of: "channel count")
            guard meanFeature.count == channelCount else { throw reader.damaged("channel counts differ") }
            let objectCount = try reader.readCount(upTo: Bound.objects, of: "object count")
            var objects: [SupportObject] = []
            for _ in 0..<objectCount {
                let mask = try reader.readMask(sideBound: Bound.side)
                let descriptor = try reader.readDescriptor(channelCount: channelCount)
                let weight = try reader.readFloat()
                let scales = try reader.readParts()
                guard (0...1).contains(weight) else {
                    throw reader.damaged("a weight or a scale is out of range")
                }
                var partners: [Int] = []
                for _ in 0..<imageCount { partners.append(Int(Int32(bitPattern: try reader.readWord()))) }
                let kind = Int(Int32(bitPattern: try reader.readWord()))
                objects.append(
                    SupportObject(
                        object: DetectedObject(mask: mask, descriptor: descriptor), weight: weight, scales: scales,
                        partners: partners, kind: kind))
            }
            var clutter: [ObjectDescriptor] = []
            for _ in 0..<(try reader.readCount(upTo: Bound.objects, of: "region count")) {
                clutter.append(try reader.readDescriptor(channelCount: channelCount))
            }
            images.append(SupportImage(name: name, meanFeature: meanFeature, objects: objects, clutter: clutter))
        }
        guard reader.isAtEnd else { throw reader.damaged("it goes on after its end") }
        for image in images {
            for object in image.objects {
                for (other, partner) in object.partners.enumerated()
                where partner < -1 || partner >= images[other].objects.count {
                    throw reader.damaged("a partner does not exist")
                }
            }
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ parts: PartVector) {
        for part in CostPart.allCases { write(parts[part.rawValue]) }
    }

    fileprivate mutating func write(_ mask: Mask) {
        for value in [mask.grid.width, mask.grid.height, mask.box.x, mask.box.y, mask.box.width, mask.box.height] {
            write(value)
        }
        write(raw: mask.bits)
    }

    fileprivate mutating func write(_ descriptor: ObjectDescriptor) {
        write(descriptor.representation)
        write(descriptor.colour)
        write(descriptor.context)
        for value in [
            descriptor.area, descriptor.centreX, descriptor.centreY, descriptor.majorAxis, descriptor.minorAxis,
            descriptor.orientation, descriptor.objectness,
        ] { write(value) }
        for moment in OutlineMoments.values {
            write(descriptor.outline[keyPath: moment].x)
            write(descriptor.outline[keyPath: moment].y)
        }
    }
}

extension ByteReader {
    /// Squares of this and sums of them stay far below what a float holds.
    private static var largest: Float { 1e9 }

    /// Scales: none is negative.
    fileprivate mutating func readParts() throws(SupportSetError) -> PartVector {
        var parts = PartVector()
        for part in CostPart.allCases { parts[part.rawValue] = try readMagnitude() }
        guard parts.min() >= 0 else { throw damaged("a weight or a scale is out of range") }
        return parts
    }

    /// An area, a length or a place in units of the picture, or a probability.
    private mutating func readShare() throws(SupportSetError) -> Float {
        let value = try readFloat()
        guard (0...1).contains(value) else { throw damaged("a measure of an object is out of range") }
        return value
    }

    private mutating func readMagnitude() throws(SupportSetError) -> Float {
        let value = try readFloat()
        guard abs(value) <= Self.largest else { throw damaged("a number in it is absurdly large") }
        return value
    }

    /// Features or colours, small enough to be multiplied and added up.
    fileprivate mutating func readValues(upTo bound: Int, of what: String) throws(SupportSetError) -> [Float] {
        let values = try readFloats(upTo: bound, of: what)
        guard values.allSatisfy({ abs($0) <= Self.largest }) else { throw damaged("a number in it is absurdly large") }
        return values
    }

    fileprivate mutating func readMask(sideBound: Int) throws(SupportSetError) -> Mask {
        let grid = PixelSize(
            width: try readCount(upTo: sideBound, of: "grid width"),
            height: try readCount(upTo: sideBound, of: "grid height"))
        let box = PixelBox(
            x: try readCount(upTo: sideBound, of: "mask x"), y: try readCount(upTo: sideBound, of: "mask y"),
            width: try readCount(upTo: sideBound, of: "mask width"),
            height: try readCount(upTo: sideBound, of: "mask height"))
        let bits = try readRaw(upTo: grid.pixelCount, of: "mask size")
        guard grid.pixelCount > 0, box.maxX <= grid.width, box.maxY <= grid.height, bits.count == box.area,
            bits.allSatisfy({ $0 <= 1 })
        else { throw damaged("a mask does not fit its grid") }
        return Mask(grid: grid, box: box, bits: bits)
    }

    fileprivate mutating func readDescriptor(channelCount: Int) throws(SupportSetError) -> ObjectDescriptor {
        let representation = try readValues(upTo: channelCount, of: "channel count")
        let colour = try readValues(upTo: 6, of: "colour values")
        let context = try readValues(upTo: channelCount, of: "channel count")
        guard representation.count == channelCount, colour.count == 6,
            context.isEmpty || context.count == channelCount
        else { throw damaged("channel counts differ") }
        var descriptor = ObjectDescriptor(
            representation: representation, colour: colour, area: try readShare(), centreX: try readShare(),
            centreY: try readShare(), majorAxis: try readShare(), minorAxis: try readShare(),
            orientation: try readMagnitude(), context: context, objectness: try readShare())
        for moment in OutlineMoments.values {
            let value = SIMD2(try readMagnitude(), try readMagnitude())
            guard (value * value).sum() <= 1 else { throw damaged("a measure of an object is out of range") }
            descriptor.outline[keyPath: moment] = value
        }
        return descriptor
    }
}
