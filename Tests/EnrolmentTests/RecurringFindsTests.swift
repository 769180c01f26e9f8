import Enrolment
import Testing

/// What a bank finds in its own images beside what was selected.
@Suite struct RecurringFindsTests {
    private func completed(_ nodes: [[Int]], by found: [[Int]]) -> [[Int]] {
        var selected = SelectedObjects(nodes: nodes, agreement: nil)
        selected.complete(by: found)
        return selected.nodes
    }

    @Test func whatEveryImageShowsBesideItsObjectsIsAnObjectToo() {
        let found = [[1, 2, 5], [0, 3, 4]]
        #expect(completed([[1, 5], [0, 4]], by: found) == found)
    }

    @Test func whatSomeImagesShowIsNot() {
        #expect(completed([[1, 5], [0, 4]], by: [[1, 2, 5], [0, 4]]) == [[1, 5], [0, 4]])
        #expect(completed([[1, 5], [0, 4]], by: [[1, 5], [0, 4]]) == [[1, 5], [0, 4]])
    }

    @Test func whatOneImageLacksIsMadeUpForUpToTheUsualCount() {
        let nodes = [[1, 5], [0], [2, 3], [4, 6]]
        #expect(completed(nodes, by: [[1, 5], [0, 8], [2, 3], [4, 6]]) == [[1, 5], [0, 8], [2, 3], [4, 6]])
        #expect(completed(nodes, by: [[1, 5], [0, 7, 8], [2, 3], [4, 6]]) == nodes)
        #expect(completed(nodes, by: [[1, 5], [7, 8], [2, 3], [4, 6]]) == nodes)
        #expect(completed([[1, 5], [0]], by: [[1, 5], [0, 8]]) == [[1, 5], [0]])
    }

    @Test func aSelectionThatLosesObjectsIsLeft() {
        #expect(completed([[1, 5], [0, 4]], by: [[1, 2, 3], [0, 3, 4]]) == [[1, 5], [0, 4]])
    }
}
