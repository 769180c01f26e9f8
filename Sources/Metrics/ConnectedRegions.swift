/// The connected regions of a bitmap, pixels that touch by a corner belonging together.
package enum ConnectedRegions {
    /// The places of each region's pixels, row by row; regions in the order of their first pixel.
    ///
    /// - Precondition: `bitmap` holds `width` values a row.
    package static func of(_ bitmap: [UInt8], width: Int) -> [[Int]] {
        precondition(bitmap.isEmpty || width > 0 && bitmap.count % width == 0)
        let height = bitmap.isEmpty ? 0 : bitmap.count / width
        var isTaken = [Bool](repeating: false, count: bitmap.count)
        var regions: [[Int]] = []
        for start in bitmap.indices where bitmap[start] != 0 && !isTaken[start] {
            var places = [start]
            isTaken[start] = true
            var next = 0
            while next < places.count {
                let x = places[next] % width
                let y = places[next] / width
                next += 1
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) {
                        let place = row * width + column
                        guard bitmap[place] != 0, !isTaken[place] else { continue }
                        isTaken[place] = true
                        places.append(place)
                    }
                }
            }
            regions.append(places)
        }
        return regions
    }
}
