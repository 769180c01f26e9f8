internal import Glibc
internal import Imaging
package import Inference

/// What one picture costs in one precision on this machine.
package struct PrecisionTiming: Codable, Equatable, Sendable {
    package let precision: Precision

    /// Processor time of all networks for one picture, on one core: the least of some runs.
    package let milliseconds: Double

    /// One for each network.
    package let kernels: [KernelReport]

    package init(precision: Precision, milliseconds: Double, kernels: [KernelReport]) {
        self.precision = precision
        self.milliseconds = milliseconds
        self.kernels = kernels
    }

    /// Whether it computes in what it is called, so that its time buys what it should.
    package var isAsNamed: Bool { kernels.allSatisfy(\.isAsNamed) }

    /// Runs each network of a bundle a few times; takes a second or so, most of it for compiling.
    ///
    /// - Throws: `precisionMissing` where the processor cannot, else as `BundleModel.init` does.
    init(of bundle: ModelBundle, in precision: Precision) throws(InferenceError) {
        var kernels: [KernelReport] = []
        var sum = Duration.zero
        for description in bundle.manifest.networks {
            let network = try Network(
                description, of: bundle, precision: precision, imageSize: Self.picture.size, longSide: nil,
                threadCount: 1, isProfiled: true)
            let request = try network.makeRequest()
            try NetworkPass.run(request, on: Self.picture, shape: network.shape)
            kernels.append(
                KernelReport(
                    network: description.name, precision: network.precision, layers: try request.profile()))
            sum += try Self.least(of: request)
        }
        self.init(
            precision: bundle.manifest.precision(wanted: precision), milliseconds: sum / .milliseconds(1),
            kernels: kernels)
    }

    /// As many cameras see it.
    private static let picture = Image(
        width: 512, height: 512, pixels: (0..<512 * 512 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ ($0 >> 9)) })

    private static let mostRuns = 12
    private static let mostTime = Duration.milliseconds(300)

    /// Time of this thread, in which the network runs: what else the machine does is not in it.
    private static func least(of request: borrowing InferenceRequest) throws(InferenceError) -> Duration {
        var least: Duration?
        var sum = Duration.zero
        for _ in 0..<mostRuns where sum < mostTime {
            let start = processorTime
            try request.run()
            let time = processorTime - start
            sum += time
            least = min(least ?? time, time)
        }
        return least ?? .zero
    }

    private static var processorTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
