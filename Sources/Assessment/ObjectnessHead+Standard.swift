extension ObjectnessHead {
    /// As `Tools/selection.sh` printed them, each in the order of its names.
    package static let standard = ObjectnessHead(
        alone: LogOdds(weights: [7.516, 1.151, -1.097, -2.548], bias: -6.081),
        first: LogOdds(
            weights: [
                4.788, 2.454, 3.109, -1.473, -1.136, -3.388, 11.575, 4.393, -5.793, -18.632, -2.683, -2.641,
            ], bias: -4.734),
        second: LogOdds(weights: [0.635, -1.932, 2.709], bias: 0.922))
}
