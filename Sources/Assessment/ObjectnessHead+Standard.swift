extension ObjectnessHead {
    /// As `Tools/selection.sh` printed them, each in the order of its names.
    package static let standard = ObjectnessHead(
        alone: LogOdds(weights: [8.673, 1.002, -0.964, -2.646], bias: -7.001),
        first: LogOdds(
            weights: [
                5.409, 2.059, 3.054, -1.376, -0.986, -3.675, 9.078, 3.837, -2.095, -7.267, -3.005, -3.076,
            ], bias: -5.497),
        second: LogOdds(weights: [0.618, -2.121, 2.13], bias: 0.621))
}
