import Enrolment
import Testing

/// What a finished bank finds in its own images beside what was selected.
@Suite struct RecurringFindsTests {
    @Test func whatEveryImageShowsBesideItsObjectsIsAnObjectToo() {
        let found = [[1, 2, 5], [0, 3, 4]]
        #expect(LogicalFit.recurring(found, beside: [[1, 5], [0, 4]]) == found)
    }

    @Test func whatSomeImagesShowIsNot() {
        #expect(LogicalFit.recurring([[1, 2, 5], [0, 4]], beside: [[1, 5], [0, 4]]) == nil)
        #expect(LogicalFit.recurring([[1, 5], [0, 4]], beside: [[1, 5], [0, 4]]) == nil)
    }

    @Test func aSelectionThatLosesObjectsIsLeft() {
        #expect(LogicalFit.recurring([[1, 2, 3], [0, 3, 4]], beside: [[1, 5], [0, 4]]) == nil)
    }
}
