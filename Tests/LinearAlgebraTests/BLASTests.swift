import LinearAlgebra
import Testing

struct BLASTests {
    @Test func aProductHasARowForEachLeftAndAColumnForEachRightRow() {
        let a = Matrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
        let b = Matrix(rowCount: 3, columnCount: 3, elements: [1, 0, 0, 0, 1, 0, 1, 1, 1])
        var product = Matrix(repeating: 9, rowCount: 2, columnCount: 3)
        BLAS.multiply(a, transposed: b, into: &product)
        #expect(product.elements == [1, 2, 6, 4, 5, 15])
    }

    @Test func rowsWithoutValuesHaveTheProductZero() {
        var product = Matrix(repeating: 9, rowCount: 2, columnCount: 1)
        BLAS.multiply(
            Matrix(repeating: 0, rowCount: 2, columnCount: 0),
            transposed: Matrix(repeating: 0, rowCount: 1, columnCount: 0), into: &product)
        #expect(product.elements == [0, 0])
    }

    @Test func theKernelHasAName() {
        #expect(!BLAS.coreName.isEmpty && BLAS.coreName != "unknown")
    }
}

struct BLASKernelTests {
    private let skylake: Set<String> = ["sse2", "avx2", "fma", "avx512f", "avx512dq", "avx512bw", "avx512vl"]

    @Test func anUnknownProcessorWithWideVectorsGetsTheirKernel() {
        #expect(BLASKernel.fasterName(than: "Prescott", processorFlags: skylake) == "SkylakeX")
        #expect(BLASKernel.fasterName(than: "Haswell", processorFlags: skylake) == "SkylakeX")
        #expect(BLASKernel.fasterName(than: "Prescott", processorFlags: ["avx2", "fma", "avx512f"]) == "Haswell")
    }

    @Test func aProcessorWithoutWideVectorsKeepsItsKernel() {
        #expect(BLASKernel.fasterName(than: "Prescott", processorFlags: ["sse2", "sse3"]) == nil)
        #expect(BLASKernel.fasterName(than: "Prescott", processorFlags: []) == nil)
    }

    @Test func aFastKernelIsLeftAlone() {
        #expect(BLASKernel.fasterName(than: "Zen", processorFlags: ["avx2", "fma"]) == nil)
        #expect(BLASKernel.fasterName(than: "SkylakeX", processorFlags: skylake) == nil)
    }
}
