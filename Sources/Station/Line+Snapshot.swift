package import Capture
internal import Imaging
internal import Publishing
package import Settings
package import SupportSets
internal import Synchronization

extension Line {
    /// More may not wait for a picture of one line at the same time.
    static let mostWishes = 4

    /// Has `wish` offered the frames to come, whatever the line's trigger wants of them.
    ///
    /// - Returns: false when too many wait already.
    func add(_ wish: PictureWish) -> Bool {
        wishes.withLock { wishes in
            guard wishes.count < Self.mostWishes else { return false }
            wishes.append(wish)
            return true
        }
    }

    func remove(_ wish: PictureWish) { wishes.withLock { $0.removeAll { $0 === wish } } }

    /// Shows a frame to those who wait for one; on the source's thread.
    func show(_ frame: borrowing Frame) {
        let waiting = wishes.withLock { $0 }
        for wish in waiting where wish.offer(frame) { remove(wish) }
    }

    /// Why no picture can be had now; nil while one may come.
    var whyNoPicture: String? {
        switch state.withLock({ $0.condition.source }) {
        case .lost(let error): "its camera is lost: \(error)"
        case .ended: "its replay has finished"
        case nil, .opening, .streaming: nil
        }
    }

    /// The camera as the pictures' record has it; nil while it does not stream.
    func record(of picture: PictureWish.Picture) -> CameraRecord? {
        let (orders, source) = state.withLock { ($0.orders, $0.condition.source) }
        guard case .streaming(let description) = source else { return nil }
        return CameraRecord(of: picture, description: description, settings: orders.settings, id: orders.camera)
    }

    /// What the camera does not do as it was asked, in sentences.
    var controlWarnings: [String] {
        state.withLock { $0.controlDifferences.filter { $0.measure == .settings }.map(\.sentence) }
    }
}

extension CameraRecord {
    /// - Parameter id: the camera as verdicts name it.
    package init(
        of picture: PictureWish.Picture, description: CameraDescription, settings: LineSettings, id: String
    ) {
        self.init(
            camera: Camera(id: id, name: description.card),
            frame: Frame(
                format: description.format?.rawValue ?? picture.format, width: picture.image.width,
                height: picture.image.height),
            region: settings.region.map { Region(x: $0.x, y: $0.y, width: $0.width, height: $0.height) },
            controls: description.controls.steadyValues.mapValues { Int($0) })
    }
}
