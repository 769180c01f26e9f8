/// A colour to draw with, 8 bits a channel.
package struct OverlayColour: Equatable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    package static let black = OverlayColour(red: 16, green: 16, blue: 16)
    package static let white = OverlayColour(red: 255, green: 255, blue: 255)

    package static let green = OverlayColour(red: 60, green: 200, blue: 90)
    package static let red = OverlayColour(red: 255, green: 90, blue: 80)
    package static let amber = OverlayColour(red: 255, green: 190, blue: 40)
    package static let blue = OverlayColour(red: 90, green: 190, blue: 255)
    package static let grey = OverlayColour(red: 190, green: 190, blue: 190)

    /// BT.601, 0 to 255.
    package var luma: Int { (77 * Int(red) + 150 * Int(green) + 29 * Int(blue)) >> 8 }

    /// This colour, mixed with white where it is too dark to stand out from black without its hue.
    var lightened: OverlayColour {
        let least = 170
        guard luma < least else { return self }
        func mixed(_ value: UInt8) -> UInt8 {
            UInt8(Int(value) + (255 - Int(value)) * (least - luma) / (255 - luma))
        }
        return OverlayColour(red: mixed(red), green: mixed(green), blue: mixed(blue))
    }
}
