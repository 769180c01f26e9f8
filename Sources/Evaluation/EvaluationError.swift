package import Inference

/// Why something cannot be evaluated.
package enum EvaluationError: Error, Equatable, CustomStringConvertible {
    case missing(path: String, expected: String)
    case damaged(path: String, problem: String)
    case noCategory(String, known: [String])
    case tooFewGood(category: String, count: Int, shots: Int)
    case noObjects(category: String)
    case cannotEnrol(category: String, problem: String)
    case unknownParameter(String, known: [String])
    case badParameter(String, problem: String)
    case model(InferenceError)

    package var description: String {
        switch self {
        case .missing(let path, let expected):
            "\(path) is not there, but \(expected); check the path and the layout"
        case .damaged(let path, let problem): "\(path): \(problem)"
        case .noCategory(let name, let known):
            "there is no category \(name); the data set has \(known.joined(separator: ", "))"
        case .tooFewGood(let category, let count, let shots):
            "\(category) has \(count) good training images, fewer than the \(shots) asked for; choose fewer shots"
        case .noObjects(let category):
            """
            it is not known of any good test image of \(category) which objects it shows; the layout assay has them as \
            annotations/test/good/NAME.json, a manifest their count in the column objects
            """
        case .cannotEnrol(let category, let problem): "\(category) cannot be enrolled: \(problem)"
        case .unknownParameter(let name, let known):
            "there is no parameter \(name); known are \(known.joined(separator: ", "))"
        case .badParameter(let text, let problem): "--set \(text): \(problem)"
        case .model(let error): "the model failed: \(error)"
        }
    }
}
