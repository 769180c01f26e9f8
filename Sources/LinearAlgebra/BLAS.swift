internal import COpenBLAS

/// The owner of every call into OpenBLAS.
///
/// Runs on the calling thread only: workers are parallel already, and OpenBLAS threads among them cost more than they
/// give.
package enum BLAS {
    /// The kernels in use, such as `SkylakeX`, `Haswell` or, on a processor it does not know, `Prescott`
    /// (`openblas_get_corename`).
    package static var coreName: String {
        unsafe openblas_get_corename().map { unsafe String(cString: $0) } ?? "unknown"
    }

    /// Writes `a · bᵀ` into `product`, one row for each row of `a`, one column for each row of `b` (`cblas_sgemm`).
    ///
    /// - Precondition: rows of `a` and `b` are equally long and `product` has the right shape.
    package static func multiply(_ a: Matrix, transposed b: Matrix, into product: inout Matrix) {
        precondition(a.columnCount == b.columnCount)
        precondition(product.rowCount == a.rowCount && product.columnCount == b.rowCount)
        unsafe a.elements.withUnsafeBufferPointer { a in
            unsafe b.elements.withUnsafeBufferPointer { b in
                unsafe product.elements.withUnsafeMutableBufferPointer { elements in
                    unsafe multiply(
                        a, transposed: b, width: a.count / max(product.rowCount, 1), into: elements)
                }
            }
        }
    }

    /// The same for rows of `width` values that lie anywhere in memory.
    ///
    /// - Precondition: whole rows, and room in `product` for `a` rows × `b` rows.
    package static func multiply(
        _ a: UnsafeBufferPointer<Float>, transposed b: UnsafeBufferPointer<Float>, width: Int,
        into product: UnsafeMutableBufferPointer<Float>
    ) {
        _ = singleThread
        guard width > 0 else {
            for index in product.indices { unsafe product[index] = 0 }
            return
        }
        let rowCount = a.count / width
        let columnCount = b.count / width
        precondition(a.count % width == 0 && b.count % width == 0 && product.count >= rowCount * columnCount)
        guard rowCount > 0, columnCount > 0 else { return }
        // The buffers hold at least the rows named here, as checked above.
        unsafe cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rowCount), blasint(columnCount), blasint(width), 1,
            a.baseAddress, blasint(width), b.baseAddress, blasint(width), 0, product.baseAddress,
            blasint(columnCount))
    }

    /// Set once, before the first product (`openblas_set_num_threads`).
    private static let singleThread: Void = openblas_set_num_threads(1)
}
