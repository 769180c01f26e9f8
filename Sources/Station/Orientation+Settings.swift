internal import Imaging
internal import Settings

extension Orientation {
    init(_ settings: OrientationSettings) {
        let flip: Flip =
            switch settings.flip {
            case .none: .none
            case .horizontal: .horizontal
            case .vertical: .vertical
            }
        self.init(rotation: Rotation(rawValue: settings.rotation) ?? .none, flip: flip)
    }
}
