internal import CTurboJPEG

/// One libjpeg-turbo compressor (`tjInitCompress`), released when this value ends.
@safe struct JPEGEncoder: ~Copyable {
    private let handle: tjhandle

    init() throws(ImagingError) {
        guard let handle = unsafe tjInitCompress() else {
            throw .codecFailed(.jpeg, reason: unsafe String(cString: tjGetErrorStr2(nil)))
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe tjDestroy(handle)
    }

    /// A baseline JPEG file. Chroma is halved in both directions (4:2:0) below a quality of 90, else kept whole.
    borrowing func encode(_ image: Image, quality: Int) throws(ImagingError) -> [UInt8] {
        guard (1...100).contains(quality) else { throw .qualityRefused(quality) }
        let size = try image.size.checked()
        let subsampling = Int32((quality < 90 ? TJSAMP_420 : TJSAMP_444).rawValue)
        let capacity = Int(tjBufSize(Int32(size.width), Int32(size.height), subsampling))
        var status: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var target = buffer.baseAddress
            var written = UInt(capacity)
            unsafe image.pixels.withUnsafeBufferPointer { pixels in
                status = unsafe tjCompress2(
                    handle, pixels.baseAddress, Int32(size.width), Int32(size.width * 3), Int32(size.height),
                    Int32(TJPF_RGB.rawValue), &target, &written, subsampling, Int32(quality),
                    TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT)
            }
            count = status == 0 ? Int(written) : 0
        }
        guard status == 0 else {
            throw .codecFailed(.jpeg, reason: unsafe String(cString: tjGetErrorStr2(handle)))
        }
        return bytes
    }
}
