internal import Assessment
internal import Enrolment
internal import SupportSets

extension ParameterChange {
    /// What the judgement can leave out. A value that is not told is the standard one.
    static var switches: [Parameter] {
        [
            toggle("annotated", \.usesAnnotations),
            toggle("kinds", \.enrolment.switches.usesKinds), toggle("weights", \.enrolment.switches.usesWeights),
            toggle("own_scales", \.enrolment.switches.usesOwnScales),
            toggle("partners", \.enrolment.switches.usesPartners), toggle("clutter", \.enrolment.switches.usesClutter),
            toggle("lines", \.enrolment.switches.usesLines), toggle("parting", \.enrolment.switches.partsJoins),
            toggle("evidence", \.enrolment.switches.weighsEvidence),
            toggle("spread", \.enrolment.switches.usesSpread),
            toggle("alignment", \.enrolment.switches.usesAlignment),
            toggle("turned", \.enrolment.switches.usesTurnedViews),
            toggle("boxes", \.enrolment.switches.usesBoxes),
            toggle("romad_context", \.enrolment.switches.romadUsesContext),
            toggle("romad_cheapest", \.enrolment.switches.romadTakesCheapest),
            Parameter(name: "branch", range: 0...2, isWhole: true) {
                changed($0.enrolment.switches.branches.rawValue, from: JudgementSwitches.standard.branches.rawValue)
            } write: {
                $0.enrolment.switches.branches = JudgementSwitches.Branches(rawValue: Int($1)) ?? .both
            },
            Parameter(name: "norm", range: 1...100, isWhole: false) {
                let norm = $0.enrolment.switches.norm
                return norm == JudgementSwitches.standard.norm ? nil : Double(norm)
            } write: {
                $0.enrolment.switches.norm = Float($1)
            },
            Parameter(name: "top_fraction", range: 0...1, isWhole: false) {
                let fraction = $0.enrolment.switches.topFraction
                return fraction == JudgementSwitches.standard.topFraction ? nil : fraction
            } write: {
                $0.enrolment.switches.topFraction = $1
            },
            Parameter(name: "romad_area", range: 0...100, isWhole: false) {
                let weight = $0.enrolment.switches.romadAreaWeight
                return weight == JudgementSwitches.standard.romadAreaWeight ? nil : Double(weight)
            } write: {
                $0.enrolment.switches.romadAreaWeight = Float($1)
            },
        ] + CostPart.allCases.map(part)
    }

    /// 1 for on, 0 for off.
    private static func toggle(
        _ name: String, _ place: WritableKeyPath<EvaluationParameters, Bool>
    ) -> Parameter {
        Parameter(name: name, range: 0...1, isWhole: true) { parameters in
            changed(parameters[keyPath: place] ? 1 : 0, from: EvaluationParameters()[keyPath: place] ? 1 : 0)
        } write: { parameters, value in
            parameters[keyPath: place] = value == 1
        }
    }

    /// Whether a part of the cost of a pair counts.
    private static func part(_ part: CostPart) -> Parameter {
        Parameter(name: "part_\(part)", range: 0...1, isWhole: true) { parameters in
            changed(
                parameters.enrolment.switches.ignoredParts.contains(part) ? 0 : 1,
                from: JudgementSwitches.standard.ignoredParts.contains(part) ? 0 : 1)
        } write: { parameters, value in
            if value == 0 {
                parameters.enrolment.switches.ignoredParts.insert(part)
            } else {
                parameters.enrolment.switches.ignoredParts.remove(part)
            }
        }
    }

    private static func changed(_ value: Int, from standard: Int) -> Double? {
        value == standard ? nil : Double(value)
    }
}
