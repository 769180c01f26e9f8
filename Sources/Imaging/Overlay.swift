/// Draws findings on a copy of a frame.
///
/// Each outline is a light line in a dark one, so that it can be told from any background without its hue. The banner
/// is put above the frame and hides nothing of it. Glyphs are kept between frames; safe to use from several threads.
package struct Overlay: Sendable {
    /// Of the Debian package fonts-dejavu-core.
    package static let defaultFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

    private let lettering: Lettering?

    /// - Parameter font: a TrueType or OpenType file. Without it, marks are drawn without text.
    package init(font: String = Overlay.defaultFont) {
        lettering = Lettering(font: font)
    }

    /// Whether the font was found.
    package var isLettered: Bool { lettering != nil }

    package func draw(marks: [OverlayMark], banner: OverlayBanner? = nil, on image: Image) -> DrawnOverlay {
        let shorter = min(image.width, image.height)
        let lineRadius = max(1, shorter / 512)
        let textHeight = max(12, shorter / 28)
        var canvas = Canvas(image)
        drawOutlines(of: marks, radius: lineRadius, on: &canvas)
        guard let lettering else { return DrawnOverlay(image: canvas.image, isLettered: false, bannerHeight: 0) }

        drawLabels(of: marks, height: textHeight, gap: 3 * lineRadius, with: lettering, on: &canvas)
        guard let banner else { return DrawnOverlay(image: canvas.image, isLettered: true, bannerHeight: 0) }

        let bannerHeight = textHeight * 2
        canvas.extend(above: bannerHeight, banner.colour)
        let text = lettering.line(banner.text, height: textHeight * 5 / 4, mostWidth: image.width - textHeight)
        canvas.write(
            text, x: textHeight / 2, y: (bannerHeight - text.height) / 2,
            banner.colour.luma < 128 ? .white : .black)
        return DrawnOverlay(image: canvas.image, isLettered: true, bannerHeight: bannerHeight)
    }

    private func drawOutlines(of marks: [OverlayMark], radius: Int, on canvas: inout Canvas) {
        let brush = Brush(radius: radius)
        let darkBrush = Brush(radius: 2 * radius)
        for mark in marks {
            let outline = Outline(of: mark, margin: 2 * radius, in: canvas.size)
            for loop in outline.loops {
                for place in loop { canvas.stamp(darkBrush, x: place.x, y: place.y, .black) }
            }
            let colour = mark.colour.lightened
            let dash = mark.style == .dashed ? 8 * radius : Int.max
            let period = mark.style == .dashed ? 14 * radius : Int.max
            for loop in outline.loops {
                for (index, place) in loop.enumerated() where index % period < dash {
                    canvas.stamp(brush, x: place.x, y: place.y, colour)
                }
            }
        }
    }

    private struct Label {
        let text: TextLine
        let plate: PixelBox
        let mark: PixelBox
        let colour: OverlayColour
    }

    private func drawLabels(
        of marks: [OverlayMark], height: Int, gap: Int, with lettering: Lettering, on canvas: inout Canvas
    ) {
        let padding = height / 4
        var placement = LabelPlacement(avoiding: marks.map(\.box), in: canvas.size)
        var labels: [Label] = []
        for mark in marks where !mark.label.isEmpty {
            let text = lettering.line(mark.label, height: height, mostWidth: canvas.size.width - 4 * padding)
            guard text.width > 0 else { continue }
            let plateSize = PixelSize(width: text.width + 4 * padding, height: text.height + padding)
            let plate = placement.place(plateSize, beside: mark.box, gap: gap)
            labels.append(
                Label(
                    text: text, plate: plate, mark: mark.box.clamped(to: canvas.size), colour: mark.colour.lightened))
        }
        for label in labels { drawLeader(of: label, ifLongerThan: 2 * gap, radius: gap / 6, on: &canvas) }
        for label in labels {
            let plate = label.plate
            canvas.fill(plate, .black, opacity: 216)
            canvas.fill(
                PixelBox(x: plate.x, y: plate.y, width: padding, height: plate.height), label.colour, opacity: 255)
            canvas.write(label.text, x: plate.x + 5 * padding / 2, y: plate.y + padding / 2, .white)
        }
    }

    /// Ties a label to a mark that it could not be put next to.
    private func drawLeader(of label: Label, ifLongerThan least: Int, radius: Int, on canvas: inout Canvas) {
        guard label.mark.area > 0 else { return }
        let (start, end) = label.plate.shortestLine(to: label.mark)
        guard max(abs(end.x - start.x), abs(end.y - start.y)) > least else { return }
        canvas.line(Brush(radius: radius + 1), from: start, to: end, .black)
        canvas.line(Brush(radius: radius), from: start, to: end, label.colour)
    }
}
