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
        #expect(error?.description.contains("part_colour") == true)
    }

    @Test func aSwitchThatIsNotAtItsStandardIsTold() throws {
        let standard = ParameterChange.values(of: try ParameterChange.apply(["kinds=1", "branch=0", "part_colour=1"]))
        #expect(standard == ParameterChange.values(of: EvaluationParameters()))
        for (change, value) in [
            ("kinds=0", 0.0), ("branch=2", 2), ("part_colour=0", 0), ("top_fraction=0.05", 0.05), ("boxes=1", 1),
            ("annotated=1", 1), ("romad_area=0", 0),
        ] {
            let name = try #require(change.split(separator: "=").first.map(String.init))
            let parameters = try ParameterChange.apply([change])
            #expect(parameters != EvaluationParameters() && ParameterChange.values(of: parameters)[name] == value)
        }
    }

    @Test(arguments: [
        "margin", "margin=", "margin=nan", "margin=-1", "reach=1.5", "reach=1e9", "guard_width=2", "kinds=2",
        "branch=3",
    ])
    func aValueThatMakesNoSenseIsRefused(change: String) {
        #expect(throws: EvaluationError.self) { try ParameterChange.apply([change]) }
    }
}
