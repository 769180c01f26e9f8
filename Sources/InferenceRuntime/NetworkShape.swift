internal import Imaging
internal import Inference

/// The sizes of a network's tensors once its input size is fixed.
struct NetworkShape: Sendable {
    let input: NetworkInput
    let size: PixelSize

    /// The part of the input, from its top left, that the picture covers.
    let pictureSize: PixelSize

    /// The finest first.
    let outputs: [NetworkOutput]

    /// - Parameter longSide: one of the input's.
    init(input: NetworkInput, imageSize: PixelSize, longSide: Int, outputs: [NetworkOutput]) {
        self.input = input
        size = input.size(for: imageSize, longSide: longSide)
        pictureSize = input.pictureSize(for: imageSize, longSide: longSide)
        self.outputs = outputs.sorted { $0.stride < $1.stride }
    }

    var inputDimensions: [Int] { [1, 3, size.height, size.width] }

    func dimensions(of output: NetworkOutput) -> [Int] {
        [1, output.channelCount, size.height / output.stride, size.width / output.stride]
    }

    /// The cells of `output` that the picture covers.
    func cells(of output: NetworkOutput) -> CoveredCells {
        CoveredCells(
            size: PixelSize(width: pictureSize.width / output.stride, height: pictureSize.height / output.stride),
            of: PixelSize(width: size.width / output.stride, height: size.height / output.stride))
    }
}
