/// The bytes of one camera frame, in one piece of memory or in one for each plane.
///
/// They belong to someone else, and are read only while that one lends them.
@unsafe package struct FramePieces {
    package let first: UnsafeRawBufferPointer
    package let second: UnsafeRawBufferPointer
    package let third: UnsafeRawBufferPointer

    package init(_ first: UnsafeRawBufferPointer) {
        let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        unsafe self.init(first, none, none)
    }

    /// - Parameters second, third: empty where the frame has no such piece.
    package init(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ third: UnsafeRawBufferPointer
    ) {
        unsafe self.first = first
        unsafe self.second = second
        unsafe self.third = third
    }

    /// Errors: `frameTooShort` when one of the pieces is shorter than the layout needs.
    func check(against layout: ImageLayout) throws(ImagingError) {
        let counts: [3 of Int] = unsafe [first.count, second.count, third.count]
        for index in 0..<layout.pieceCount where counts[index] < layout.neededByteCount(ofPiece: index) {
            throw .frameTooShort(byteCount: counts[index], needed: layout.neededByteCount(ofPiece: index))
        }
    }

    /// The bytes from the start of one plane on.
    ///
    /// - Precondition: `check(against: layout)` passed.
    func plane(_ index: Int, of layout: ImageLayout) -> UnsafeRawBufferPointer {
        guard layout.hasSeparatePlanes else {
            return unsafe UnsafeRawBufferPointer(rebasing: first[layout.planeStarts[index]...])
        }
        return switch index {
        case 0: unsafe first
        case 1: unsafe second
        default: unsafe third
        }
    }
}
