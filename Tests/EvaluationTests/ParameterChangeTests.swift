import Enrolment
import Evaluation
import Testing

struct ParameterChangeTests {
    @Test func whatIsNotChangedStaysAsEnrolmentHasIt() throws {
        #expect(try ParameterChange.apply([]) == EvaluationParameters())
        let changed = try ParameterChange.apply(["margin=1.25", "reach=3", "segmenter_long_side=512"])
        #expect(changed.enrolment.margin == 1.25 && changed.enrolment.reach == 3)
        #expect(changed.segmenterLongSide == 512 && changed.enrolment.coreLimit == EnrolmentParameters().coreLimit)
    }

    @Test func anUnknownParameterIsRefusedWithTheKnownOnes() {
        let error = #expect(throws: EvaluationError.self) { try ParameterChange.apply(["margins=1"]) }
        #expect(error?.description.contains("core_limit, guard_width, margin, reach, segmenter_long_side") == true)
    }

    @Test(arguments: ["margin", "margin=", "margin=nan", "margin=-1", "reach=1.5", "reach=1e9", "guard_width=2"])
    func aValueThatMakesNoSenseIsRefused(change: String) {
        #expect(throws: EvaluationError.self) { try ParameterChange.apply([change]) }
    }
}
