internal import CVideo4Linux
internal import Imaging

extension Camera {
    /// All that the driver lists, in its order, formats we cannot read included; empty when it lists nothing.
    var modes: [CameraMode] {
        var modes: [CameraMode] = []
        // Drivers end each list with EINVAL; the bounds are for one that never does.
        for index in 0..<64 as Range<UInt32> {
            var entry = v4l2_fmtdesc()
            entry.index = index
            entry.type = type.rawValue
            guard descriptor.outcome(of: assay_VIDIOC_ENUM_FMT, &entry) == nil else { break }
            modes += self.modes(of: FourCC(entry.pixelformat))
        }
        return modes
    }

    private func modes(of fourCC: FourCC) -> [CameraMode] {
        var modes: [CameraMode] = []
        for index in 0..<128 as Range<UInt32> {
            var entry = v4l2_frmsizeenum()
            entry.index = index
            entry.pixel_format = fourCC.code
            guard descriptor.outcome(of: assay_VIDIOC_ENUM_FRAMESIZES, &entry) == nil else { break }
            guard entry.type != V4L2_FRMSIZE_TYPE_DISCRETE.rawValue else {
                let size = PixelSize(width: Int(entry.discrete.width), height: Int(entry.discrete.height))
                modes.append(
                    CameraMode(fourCC: fourCC, smallest: size, largest: size, rates: rates(of: fourCC, size)))
                continue
            }
            let range = entry.stepwise
            let largest = PixelSize(width: Int(range.max_width), height: Int(range.max_height))
            modes.append(
                CameraMode(
                    fourCC: fourCC, smallest: PixelSize(width: Int(range.min_width), height: Int(range.min_height)),
                    largest: largest, step: PixelSize(width: Int(range.step_width), height: Int(range.step_height)),
                    rates: rates(of: fourCC, largest)))
            break
        }
        return modes.isEmpty ? unlistedMode(of: fourCC) : modes
    }

    /// For drivers that list no sizes: the size that is set.
    private func unlistedMode(of fourCC: FourCC) -> [CameraMode] {
        guard let current = AgreedFormat(readingFrom: descriptor, type: type) else { return [] }
        let size = current.size
        return [CameraMode(fourCC: fourCC, smallest: size, largest: size, rates: [], isListed: false)]
    }

    private func rates(of fourCC: FourCC, _ size: PixelSize) -> [Double] {
        var rates: [Double] = []
        for index in 0..<64 as Range<UInt32> {
            var entry = v4l2_frmivalenum()
            entry.index = index
            entry.pixel_format = fourCC.code
            entry.width = UInt32(truncatingIfNeeded: size.width)
            entry.height = UInt32(truncatingIfNeeded: size.height)
            guard descriptor.outcome(of: assay_VIDIOC_ENUM_FRAMEINTERVALS, &entry) == nil else { break }
            guard entry.type != V4L2_FRMIVAL_TYPE_DISCRETE.rawValue else {
                if let rate = entry.discrete.rate { rates.append(rate) }
                continue
            }
            rates += [entry.stepwise.min.rate, entry.stepwise.max.rate].compactMap { $0 }
            break
        }
        return rates.sorted(by: >)
    }
}

extension v4l2_fract {
    /// Frames a second of a frame interval; nil for a nonsense one.
    var rate: Double? {
        numerator > 0 && denominator > 0 ? Double(denominator) / Double(numerator) : nil
    }
}
