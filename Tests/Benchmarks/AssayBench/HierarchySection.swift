internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import Regions

/// Part maps → hierarchy, in processor time of one core: on the maps of real pictures, and on the same maps brought to
/// the grid that a 512×512 input gives and to 512×512 themselves.
struct HierarchySection {
    private static let rounds = 10
    private static let budget = 10.0

    /// The folder with `frames`.
    let pictures: String

    func run() throws -> [BenchEntry] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let folder = pictures + "/frames"
        let images = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            try Image(contentsOf: folder + "/" + $0)
        }
        let model = try BundleModel(bundle: bundle, requestCount: 1, imageSize: images[0].size, segmenterLongSide: nil)
        let maps = try images.map { try model.perceive($0).parts }
        print("part maps → hierarchy, one core, ms")
        print("  grid          p50     p95    nodes")
        return ([maps] + [256, 512].map { side in maps.map { Self.enlarged($0, side: side) } }).map { maps in
            BenchEntry(
                name: "hierarchy p95, \(maps[0].size.width)×\(maps[0].size.height) maps",
                oursMilliseconds: Self.measure(maps), peer: "budget", peerMilliseconds: Self.budget)
        }
    }

    /// The 95th percentile in milliseconds.
    private static func measure(_ maps: [PartMaps]) -> Double {
        var workspace = RegionWorkspace()
        var times: [Double] = []
        var nodeCount = 0
        for _ in 0..<rounds {
            for map in maps {
                let start = ProcessorTime.milliseconds
                let hierarchy = RegionHierarchy(of: map, workspace: &workspace)
                times.append(ProcessorTime.milliseconds - start)
                nodeCount += hierarchy.nodes.count
            }
        }
        times.sort()
        let (middle, high) = (times[times.count / 2], times[min(times.count - 1, times.count * 95 / 100)])
        print(
            String(
                format: "  %4d×%-4d %8.2f %7.2f %8d", maps[0].size.width, maps[0].size.height, middle, high,
                nodeCount / (rounds * maps.count)))
        return high
    }

    /// The maps on a square grid, each value repeated.
    private static func enlarged(_ maps: PartMaps, side: Int) -> PartMaps {
        let size = PixelSize(width: side, height: side)
        func enlarged(_ values: [Float]) -> [Float] {
            (0..<size.pixelCount).map { index in
                let x = index % size.width * maps.size.width / size.width
                let y = index / size.width * maps.size.height / size.height
                return values[y * maps.size.width + x]
            }
        }
        return PartMaps(
            size: size, object: enlarged(maps.object), boundary: enlarged(maps.boundary),
            distance: enlarged(maps.distance))
    }
}
