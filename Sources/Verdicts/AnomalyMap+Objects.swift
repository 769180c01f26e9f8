package import Imaging
package import Matching

extension AnomalyMap {
    /// Adds the logical part of the map (ObjectCore, equation 7): a matched mask of the query carries the cost of its
    /// pair; an unmatched mask of either side carries 1, at the place where its image has it.
    package mutating func add(_ assignment: Assignment, queryMasks: [Mask], supportMasks: [Mask]) {
        for pair in assignment.pairs { add(pair.cost, on: queryMasks[pair.row]) }
        for row in assignment.unmatchedRows { add(1, on: queryMasks[row]) }
        for column in assignment.unmatchedColumns { add(1, on: supportMasks[column]) }
    }
}
