internal import CVideo4Linux
internal import Glibc
internal import Imaging

/// A camera that streams; the end of its life stops it.
struct CameraStream: ~Copyable {
    /// What one look into the driver's queue brought.
    enum Delivery: ~Copyable {
        /// - Parameters:
        ///   - fault: why the driver's time stamp was not believed.
        ///   - isRepeated: its number is not above the one before.
        ///   - isNewest: it was taken a moment ago, so that the driver cannot have another one yet.
        case frame(Frame, fault: StampCheck.Fault?, isRepeated: Bool, isNewest: Bool)

        /// No whole frame; already given back.
        case damaged(FrameDamage)

        /// One of the first after the opening; already given back.
        case warmingUp

        case nothing
    }

    private(set) var description: CameraDescription
    private let home: BufferHome
    private let layout: ImageLayout
    private let encoding: ColourEncoding

    /// Of each piece of memory of a whole frame.
    private let neededByteCounts: [3 of Int]
    private let pieceCount: Int
    private var tracker = SequenceTracker()
    private var watch: ControlWatch
    private let warmUpFrameCount: Int
    private var unseenCount = 0
    private var clock: ExposureClock
    private var stamps: StampCheck

    /// A frame that is younger, in nanoseconds, has no successor yet.
    private let youth: Int64

    /// What stamps tell of a driver that says they are of the start of the exposure, and of one that does not.
    private let sources: (start: StampSource, end: StampSource)

    /// `VIDIOC_STREAMON`. Errors: `noBandwidth` when the bus is full.
    init(
        starting queue: BufferQueue, layout: ImageLayout, encoding: ColourEncoding, description: CameraDescription,
        watch: ControlWatch, warmUpFrameCount: Int
    ) throws(CaptureError) {
        var type = queue.type.rawValue
        try queue.descriptor.request("VIDIOC_STREAMON", assay_VIDIOC_STREAMON, &type)
        queue.descriptor.subscribeToSourceChange()
        home = BufferHome(of: queue)
        self.layout = layout
        self.encoding = encoding
        let pieceCount = layout.pieceCount
        self.pieceCount = pieceCount
        neededByteCounts = [3 of Int] { $0 < pieceCount ? layout.neededByteCount(ofPiece: $0) : 0 }
        var watch = watch
        watch.confirm(on: queue.descriptor)
        self.watch = watch
        self.warmUpFrameCount = warmUpFrameCount
        self.description = description
        self.description.controls = watch.controls
        clock = ExposureClock(rate: description.rate)
        stamps = StampCheck(rate: description.rate, start: .now)
        youth = description.rate.flatMap { $0.isFinite && $0 > 0.001 ? Int64(0.5e9 / $0) : nil } ?? 0
        sources = (
            StampSource(claimsStart: true, driver: description.driver),
            StampSource(claimsStart: false, driver: description.driver)
        )
    }

    deinit {
        var type = queue.type.rawValue
        _ = queue.descriptor.outcome(of: assay_VIDIOC_STREAMOFF, &type)
    }

    var queue: BufferQueue { home.queue }

    /// What woke a wait.
    enum Wake {
        case camera

        /// The driver reports an error or a hang-up; the next buffer asked for says which.
        case fault

        /// The driver tells of something else than a frame: a control changed. There may be a frame as well.
        case event
        case bell
        case deadline
    }

    /// Waits for the camera, for `bell`, or until `deadline`.
    func wait(until deadline: MonotonicTime, or bell: WakeEvent) -> Wake {
        let remaining = WakeEvent.milliseconds(until: deadline)
        var requests: [2 of pollfd] = [
            pollfd(fd: queue.descriptor.number, events: Int16(POLLIN | POLLPRI), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        var span = requests.mutableSpan
        // unsafe: two structures, as many as we say
        let count = unsafe span.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, remaining) }
        // An interrupted wait is one that ended early: the queue is looked into once more.
        guard count > 0 else { return count == 0 ? .deadline : .camera }
        if requests[1].revents != 0 { return .bell }
        if Int32(requests[0].revents) & (POLLERR | POLLHUP | POLLNVAL) != 0 { return .fault }
        return Int32(requests[0].revents) & POLLPRI != 0 ? .event : .camera
    }

    /// When the controls are to be looked at again.
    var nextLook: MonotonicTime { watch.nextLook }

    /// Reads the controls again when it is time or the driver told of a change.
    ///
    /// A picture is what was asked for some frames after the controls are, so the camera warms up again then.
    ///
    /// - Returns: whether `description` changed.
    mutating func lookAtControls(isTold: Bool) -> Bool {
        let wasAsked = watch.controls.faults.isEmpty
        guard watch.look(at: home.queue.descriptor, isTold: isTold, now: .now) else { return false }
        description.controls = watch.controls
        if !wasAsked, watch.controls.faults.isEmpty { unseenCount = 0 }
        return true
    }

    /// Lets the driver have the buffers that came back from their borrowers.
    func takeBack() { queue.giveBackReturned() }

    /// Takes what the driver tells beside frames. Errors: `formatChanged`.
    func hear() throws(CaptureError) {
        guard queue.descriptor.takeEvents() else { return }
        throw .formatChanged(device: description.device, from: agreedForm, to: presentForm ?? "another form")
    }

    /// Looks whether frames are damaged because they have another form by now. Errors: `formatChanged`.
    func checkForm() throws(CaptureError) {
        guard let presentForm, presentForm != agreedForm else { return }
        throw .formatChanged(device: description.device, from: agreedForm, to: presentForm)
    }

    /// `VIDIOC_G_FMT`; nil when the driver does not answer.
    private var presentForm: String? {
        AgreedFormat(readingFrom: queue.descriptor, type: queue.type).map { Self.form($0.fourCC.format, $0.size) }
    }

    private var agreedForm: String {
        Self.form(layout.format, PixelSize(width: layout.width, height: layout.height))
    }

    private static func form(_ format: PixelFormat?, _ size: PixelSize) -> String {
        "\(format?.rawValue ?? "another format") \(size.width)×\(size.height)"
    }

    /// The next buffer the driver has filled.
    ///
    /// Damaged ones do not count as seen, so the next whole frame says that frames were lost before it.
    mutating func next() throws(CaptureError) -> Delivery {
        guard let ticket = try queue.dequeue() else {
            stamps.queueWasEmpty(at: .now)
            return .nothing
        }
        let index = ticket.index
        if let damage = damage(to: ticket) {
            queue.giveBack(index)
            return .damaged(damage)
        }
        let sequence = ticket.sequence
        guard unseenCount >= warmUpFrameCount else {
            unseenCount += 1
            _ = tracker.lost(before: sequence)
            queue.giveBack(index)
            return .warmingUp
        }
        let loan = unsafe LoanedBuffer(of: queue.pieces(of: ticket)) { [home] in
            home.handBack(index)
        }
        let repeatCount = tracker.repeatCount
        let lost = tracker.lost(before: sequence)
        let buffer = unsafe ticket.buffer
        let arrival = MonotonicTime.now
        let (time, fault) = stamps.time(of: unsafe Self.stamp(of: buffer), arrival: arrival)
        let isNewest = fault == nil && arrival.nanoseconds(since: time) < youth
        if isNewest { stamps.queueWasEmpty(at: time) }
        let claimsStart =
            unsafe buffer.flags & assay_V4L2_BUF_FLAG_TSTAMP_SRC_MASK == assay_V4L2_BUF_FLAG_TSTAMP_SRC_SOE
        let source = fault != nil ? .arrival : claimsStart ? sources.start : sources.end
        return .frame(
            Frame(
                lending: loan, layout: layout, encoding: encoding, sequence: sequence, capturedAt: time,
                exposure: clock.exposure(stamp: time, sequence: sequence, source: source), lostBefore: lost),
            fault: fault, isRepeated: tracker.repeatCount > repeatCount, isNewest: isNewest)
    }

    /// The first fault of any of its pieces; nil for a whole frame.
    private func damage(to ticket: BufferTicket) -> FrameDamage? {
        for piece in 0..<pieceCount {
            let damage = FrameDamage(
                isFlagged: ticket.isFlagged, byteCount: ticket.filled(ofPiece: piece).count,
                needed: neededByteCounts[piece], capacity: ticket.capacity(ofPiece: piece))
            if let damage { return damage }
        }
        return nil
    }

    /// The driver's stamp; nil where it is of another clock or no time at all.
    private static func stamp(of buffer: v4l2_buffer) -> MonotonicTime? {
        let isMonotonic =
            unsafe buffer.flags & assay_V4L2_BUF_FLAG_TIMESTAMP_MASK == assay_V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC
        guard isMonotonic else { return nil }
        return unsafe MonotonicTime(seconds: buffer.timestamp.tv_sec, microseconds: Int(buffer.timestamp.tv_usec))
    }
}
