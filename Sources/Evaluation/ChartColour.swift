/// One colour for each type of image, told apart without red and green.
enum ChartColour {
    static func of(_ type: SampleType) -> String {
        switch type {
        case .good: "#59636e"
        case .logical: "#0b62b0"
        case .structural: "#c75a00"
        }
    }
}
