package import Inference
internal import Imaging

extension BundleModel {
    /// Compiles the bundle's networks once more with profiling and runs each on one grey picture; takes a second or two.
    package static func kernelReport(bundle directory: String) throws(InferenceError) -> [KernelReport] {
        let bundle = try ModelBundle(opening: directory)
        var reports: [KernelReport] = []
        for description in bundle.manifest.networks {
            let network = try Network(
                description, of: bundle, imageSize: PixelSize(width: 512, height: 512), longSide: nil, requestCount: 1,
                threadsPerRequest: 1, isProfiled: true)
            let request = try network.makeRequest()
            try request.run()
            reports.append(
                KernelReport(
                    network: description.name, precision: network.precision, layers: try request.profile()))
        }
        return reports
    }
}
