internal import Assessment
internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import LinearAlgebra

/// The nearest neighbours of all patches of an image among all patches of four, against FAISS, NumPy and OpenBLAS: on the
/// default bundle's features of real pictures, and at ObjectCore's own size on features made of these.
///
/// In processor time of one core. All find the same map, and the same order of its bands by their score.
struct NearestSection {
    private static let imageCount = 4
    private static let largestDifference: Float = 2e-3
    private static let bandCount = 10

    let python: String

    /// The folder with `good-1` and `frames`.
    let pictures: String

    /// One image's patches and those of the bank, rows of length 1.
    private struct Case {
        let name: String
        let queries: Matrix
        let bank: Matrix
    }

    private struct PeerResult: Decodable {
        let name: String
        let ms: Double
        let products: String
    }

    func run() throws -> [BenchEntry] {
        let grids = try features()
        let own = Case(
            name: "default bundle", queries: Self.rows(of: [grids[0]]), bank: Self.rows(of: Array(grids.dropFirst())))
        let large = grids.map { WidenedFeatures(side: 100, channelCount: 896).grid(from: $0) }
        let paper = Case(
            name: "ObjectCore's size", queries: Self.rows(of: [large[0]]), bank: Self.rows(of: Array(large.dropFirst()))
        )
        print("nearest patches, one core, ms               ours     FAISS     NumPy  OpenBLAS   best/ours   off by")
        return try [own, paper].map(measure)
    }

    /// The first frame's features, then those of the support images.
    private func features() throws -> [FeatureGrid] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let frame = try FileManager.default.contentsOfDirectory(atPath: pictures + "/frames").sorted()[0]
        let support = try FileManager.default.contentsOfDirectory(atPath: pictures + "/good-1").sorted()
            .prefix(Self.imageCount)
        let images = try (["frames/" + frame] + support.map { "good-1/" + $0 }).map {
            try Image(contentsOf: pictures + "/" + $0)
        }
        let model = try BundleModel(bundle: bundle, requestCount: 1, imageSize: images[0].size, segmenterLongSide: nil)
        return try images.map { Scene(image: $0, perception: try model.perceive($0)).features }
    }

    private static func rows(of grids: [FeatureGrid]) -> Matrix {
        var rows = Matrix(
            rowCount: grids.reduce(0) { $0 + $1.cellCount }, columnCount: grids[0].channelCount,
            elements: grids.flatMap(\.values))
        rows.normaliseRows()
        return rows
    }

    private func measure(_ example: Case) throws -> BenchEntry {
        let (queries, bank) = (example.queries, example.bank)
        var finder = NearestRows()
        let (blas, plain) = Self.best { finder.distances(from: queries, to: bank) }
        let (ours, found) = unsafe bank.elements.withUnsafeBufferPointer { rows in
            let index = unsafe NearestIndex(rows: rows, width: bank.columnCount)
            return Self.best {
                unsafe index.map { index in
                    unsafe index.largestProducts(of: queries, with: rows).map { max(0, 1 - $0) }
                } ?? finder.distances(from: queries, to: rows)
            }
        }
        var peers = ["OpenBLAS": blas]
        var farthest = Self.difference(found, plain)
        for result in try peerResults(example) {
            peers[result.name] = min(peers[result.name] ?? .infinity, result.ms)
            let distances = result.distances
            guard distances.count == found.count, Self.order(distances) == Self.order(found) else {
                throw BenchError(description: "\(example.name): \(result.name) orders the bands of the map otherwise")
            }
            farthest = max(farthest, Self.difference(found, distances))
        }
        guard farthest <= Self.largestDifference else {
            throw BenchError(description: "\(example.name): the map differs by \(farthest)")
        }
        let best = peers.min { $0.value < $1.value } ?? (key: "OpenBLAS", value: blas)
        let size = "\(queries.rowCount) in \(bank.rowCount) × \(bank.columnCount)"
        print(
            "  " + size.padding(toLength: 36, withPad: " ", startingAt: 0)
                + String(
                    format: "%10.1f %9.1f %9.1f %9.1f %11.2f %8.1e", ours, peers["FAISS"] ?? .nan,
                    peers["NumPy"] ?? .nan, blas, best.value / ours, farthest))
        return BenchEntry(
            name: "nearest patches, \(example.name)", oursMilliseconds: ours, peer: best.key,
            peerMilliseconds: best.value, leastRatio: 1)
    }

    /// The peers on the kernels that their own OpenBLAS takes and on those that ours was told to take.
    private func peerResults(_ example: Case) throws -> [(name: String, ms: Double, distances: [Float])] {
        var file = PeerFile("nearest")
        for count in [example.queries.rowCount, example.bank.rowCount, example.bank.columnCount] {
            file.append(Int64(count))
        }
        file.append(example.queries.elements)
        file.append(example.bank.elements)
        try file.write()
        let peer = PythonPeer(python: python, script: "nearest_peer.py")
        let kernel = BLASKernel.fasterName(than: "Prescott", processorFlags: BLASKernel.processorFlags())
        return try [nil, kernel].flatMap { name in
            try peer.lines([file.path], environment: ["OPENBLAS_CORETYPE": name]).map {
                let result = try JSONDecoder().decode(PeerResult.self, from: $0)
                return (result.name, result.ms, try Self.floats(at: result.products).map { max(0, 1 - $0) })
            }
        }
    }

    private static func floats(at path: String) throws -> [Float] {
        let data = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        return unsafe data.withUnsafeBytes { unsafe Array($0.bindMemory(to: Float.self)) }
    }

    /// The best of the rounds of a few seconds.
    private static func best(_ search: () -> [Float]) -> (milliseconds: Double, distances: [Float]) {
        var (best, spent) = (Double.infinity, 0.0)
        var distances: [Float] = []
        while spent < 3000 {
            let start = ProcessorTime.milliseconds
            distances = search()
            let took = ProcessorTime.milliseconds - start
            best = min(best, took)
            spent += took
        }
        return (best, distances)
    }

    private static func difference(_ first: [Float], _ second: [Float]) -> Float {
        zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    /// Bands of the map in the order of the mean of their largest 1 %, as if they were images.
    private static func order(_ distances: [Float]) -> [Int] {
        let length = distances.count / bandCount
        let scores = (0..<bandCount).map { band in
            distances[(band * length)..<((band + 1) * length)].sorted(by: >).prefix(max(1, length / 100)).reduce(0, +)
        }
        return scores.indices.sorted { scores[$0] > scores[$1] }
    }
}

/// Features as a wider network might give them for the same picture: more channels on a larger grid, none below zero.
struct WidenedFeatures {
    let side: Int
    let channelCount: Int

    func grid(from source: FeatureGrid) -> FeatureGrid {
        var numbers = SampleNumbers(seed: 3)
        let width = source.channelCount
        let weights = Matrix(
            rowCount: channelCount, columnCount: width,
            elements: (0..<channelCount * width).map { _ in numbers.next() + numbers.next() - 1 })
        var rows = Matrix(repeating: 0, rowCount: side * side, columnCount: width)
        for y in 0..<side {
            for x in 0..<side {
                let down = Float(y) * Float(source.height - 1) / Float(side - 1)
                let right = Float(x) * Float(source.width - 1) / Float(side - 1)
                let (top, left) = (min(Int(down), source.height - 2), min(Int(right), source.width - 2))
                let (lower, later) = (down - Float(top), right - Float(left))
                for channel in 0..<width {
                    func value(_ row: Int, _ column: Int) -> Float {
                        source.values[(row * source.width + column) * width + channel]
                    }
                    rows[y * side + x, channel] =
                        (1 - lower) * ((1 - later) * value(top, left) + later * value(top, left + 1))
                        + lower * ((1 - later) * value(top + 1, left) + later * value(top + 1, left + 1))
                }
            }
        }
        var product = Matrix(repeating: 0, rowCount: side * side, columnCount: channelCount)
        BLAS.multiply(rows, transposed: weights, into: &product)
        return FeatureGrid(
            height: side, width: side, channelCount: channelCount, values: product.elements.map { max(0, $0) })
    }
}
