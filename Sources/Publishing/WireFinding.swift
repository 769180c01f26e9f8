package import Imaging
package import Verdicts

/// One finding in a verdict.
package struct WireFinding: Equatable, Sendable, Decodable {
    package var kind: FindingKind
    package var label: String?
    package var box: PixelBox?
    package var expectedBox: PixelBox?
    package var mask: RunLengthMask?
    package var supportObject: SupportObjectReference?
    package var cost: Double
    package var parts: CostParts
    package var share: Double
    package var sentence: String

    /// - Parameter masksOn: the frame that masks are scaled to; nothing leaves the masks out.
    package init(_ finding: Finding, masksOn frame: PixelSize?) {
        kind = finding.kind
        label = finding.label
        box = finding.box
        expectedBox = finding.expectedBox
        if let frame, let mask = finding.mask {
            self.mask = RunLengthMask(mask.grid == frame ? mask : mask.scaled(to: frame))
        }
        supportObject = finding.supportObject
        cost = Double(finding.cost)
        parts = finding.parts
        share = Double(finding.share)
        sentence = finding.sentence
    }

    private enum CodingKeys: String, CodingKey {
        case kind, label, box, mask, cost, parts, share, sentence
        case expectedBox = "expected_box"
        case supportObject = "support_object"
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", kind.rawValue)
            writer.optional("label", label)
            writer.optional("box", box) { WireFinding.write($1, to: &$0) }
            writer.optional("expected_box", expectedBox) { WireFinding.write($1, to: &$0) }
            writer.optional("mask", mask) { writer, mask in
                writer.object { writer in
                    writer.member("size", mask.size) { $0.value($1) }
                    writer.member("counts", mask.counts) { $0.value($1) }
                }
            }
            writer.optional("support_object", supportObject) { writer, reference in
                writer.object { writer in
                    writer.member("image", reference.image)
                    writer.member("object", reference.object)
                    if let id = reference.id { writer.member("id", id) }
                }
            }
            writer.nullable("cost", cost)
            writer.member("parts") { writer in
                writer.optional("appearance", parts.appearance.map(Double.init))
                writer.optional("colour", parts.colour.map(Double.init))
                writer.optional("context", parts.context.map(Double.init))
                writer.optional("area", parts.area.map(Double.init))
                writer.optional("shape", parts.shape.map(Double.init))
                writer.optional("position", parts.position.map(Double.init))
            }
            writer.nullable("share", share)
            writer.member("sentence", sentence)
        }
    }

    private static func write(_ box: PixelBox, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("x", box.x)
            writer.member("y", box.y)
            writer.member("width", box.width)
            writer.member("height", box.height)
        }
    }
}
