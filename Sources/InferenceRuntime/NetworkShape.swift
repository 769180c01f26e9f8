internal import Imaging
internal import Inference

/// The sizes of a network's tensors once its input size is fixed.
struct NetworkShape: Sendable {
    let input: NetworkInput
    let size: PixelSize

    /// The finest first.
    let outputs: [NetworkOutput]

    init(input: NetworkInput, size: PixelSize, outputs: [NetworkOutput]) {
        self.input = input
        self.size = size
        self.outputs = outputs.sorted { $0.stride < $1.stride }
    }

    var inputDimensions: [Int] { [1, 3, size.height, size.width] }

    func size(of output: NetworkOutput) -> PixelSize {
        PixelSize(width: size.width / output.stride, height: size.height / output.stride)
    }

    func dimensions(of output: NetworkOutput) -> [Int] {
        let grid = size(of: output)
        return [1, output.channelCount, grid.height, grid.width]
    }
}
