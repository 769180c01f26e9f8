/// An encoder's feature map: `channelCount` floats for every cell of a grid over the whole image.
package struct FeatureGrid: Equatable, Sendable {
    package let height: Int
    package let width: Int
    package let channelCount: Int

    /// `height * width * channelCount` values, ordered y, x, channel.
    package var values: [Float]

    package init(height: Int, width: Int, channelCount: Int, values: [Float]) {
        precondition(values.count == height * width * channelCount)
        self.height = height
        self.width = width
        self.channelCount = channelCount
        self.values = values
    }

    package var cellCount: Int { height * width }
}
