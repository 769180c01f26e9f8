internal import Enrolment

/// Changes of parameters as `--set` has them.
package enum ParameterChange {
    /// A parameter by its name.
    struct Parameter {
        let name: String
        let range: ClosedRange<Double>
        let isWhole: Bool
        let read: (EvaluationParameters) -> Double?
        let write: (inout EvaluationParameters, Double) -> Void
    }

    private static var known: [Parameter] { numbers + switches }

    private static var numbers: [Parameter] {
        [
            Parameter(name: "core_limit", range: 1...1_000_000, isWhole: true) {
                Double($0.enrolment.coreLimit)
            } write: {
                $0.enrolment.coreLimit = Int($1)
            },
            Parameter(name: "guard_width", range: 0...1, isWhole: false) {
                Double($0.enrolment.guardWidth)
            } write: {
                $0.enrolment.guardWidth = Float($1)
            },
            Parameter(name: "margin", range: 0.1...100, isWhole: false) {
                Double($0.enrolment.margin)
            } write: {
                $0.enrolment.margin = Float($1)
            },
            Parameter(name: "reach", range: 0...1024, isWhole: true) {
                Double($0.enrolment.reach)
            } write: {
                $0.enrolment.reach = Int($1)
            },
            Parameter(name: "segmenter_long_side", range: 32...4096, isWhole: true) {
                $0.segmenterLongSide.map(Double.init)
            } write: {
                $0.segmenterLongSide = Int($1)
            },
        ]
    }

    /// All parameters with their values.
    package static func values(of parameters: EvaluationParameters) -> [String: Double?] {
        Dictionary(known.map { ($0.name, $0.read(parameters)) }) { first, _ in first }
    }

    /// The standard parameters with some of them changed, each change being `name=value`.
    package static func apply(_ changes: [String]) throws(EvaluationError) -> EvaluationParameters {
        var parameters = EvaluationParameters()
        for change in changes {
            guard let equals = change.firstIndex(of: "=") else {
                throw .badParameter(change, problem: "it is not of the form name=value")
            }
            let name = String(change[..<equals])
            guard let parameter = known.first(where: { $0.name == name }) else {
                throw .unknownParameter(name, known: known.map(\.name))
            }
            let text = String(change[change.index(after: equals)...])
            guard let value = Double(text), parameter.range.contains(value),
                !parameter.isWhole || value == value.rounded()
            else {
                let range = "\(parameter.range.lowerBound) to \(parameter.range.upperBound)"
                throw .badParameter(
                    change, problem: "the value is no \(parameter.isWhole ? "whole " : "")number from \(range)")
            }
            parameter.write(&parameters, value)
        }
        return parameters
    }
}
