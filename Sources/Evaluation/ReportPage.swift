internal import Foundation
internal import Imaging
internal import Inference

/// What the pages of all reports share.
enum ReportPage {
    /// The longer side that pictures are drawn at.
    static let longSide = 480

    /// What was measured, in one line.
    static func description(of settings: EvaluationSettings) -> String {
        let model = settings.model.map { ", model \($0.name) (\($0.precision), \($0.digest.prefix(12)))" } ?? ""
        let parameters = settings.parameters.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { "\(name) " + String(format: "%.6g", $0) }
        }
        let draws = settings.seeds == 1 ? "1 draw" : "\(settings.seeds) draws"
        let shots = settings.shots == 1 ? "1 good image" : "\(settings.shots) good images"
        return "\(draws) of \(shots), layout \(settings.layout)\(model); \(parameters.joined(separator: ", ")). "
            + "Data: \(settings.path)"
    }

    static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A picture with words under it, or the words and why there is no picture.
    static func figure(name: String, words: String, picture: () throws -> Image) -> String {
        do {
            let data = Data(try picture().jpeg(quality: 80)).base64EncodedString()
            return "<figure><img alt=\"\(HTML.text(name))\" src=\"data:image/jpeg;base64,\(data)\">"
                + "<figcaption>\(words)</figcaption></figure>\n"
        } catch {
            return "<figure><figcaption>\(words)<br>The picture cannot be shown: \(HTML.text("\(error)"))"
                + "</figcaption></figure>\n"
        }
    }

    /// A picture's size when its longer side is that of a report.
    static func size(of original: PixelSize) -> PixelSize {
        let long = max(original.width, original.height)
        func scaled(_ side: Int) -> Int { max(1, (side * longSide + long / 2) / long) }
        return PixelSize(width: scaled(original.width), height: scaled(original.height))
    }

    static func head(title: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(HTML.text(title))</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { margin: 0; background: #fff; color: #1b1f24; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; }
        h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 44px 0 10px; } h3 { font-size: 16px; }
        .quiet { color: #59636e; max-width: 90ch; overflow-wrap: anywhere; } nav a { margin-right: 12px; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 14px 0; }
        th, td { padding: 4px 8px; vertical-align: top; text-align: right; border-bottom: 1px solid #d9dee3; white-space: nowrap; }
        th { font-weight: 600; } tbody th { text-align: left; } .group { border-left: 1px solid #d9dee3; text-align: left; }
        small { color: #59636e; } .wide small { display: block; } .wide { overflow-x: auto; } summary { cursor: pointer; }
        .charts { display: flex; flex-wrap: wrap; gap: 28px; } svg { max-width: 100%; height: auto; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 18px; }
        figure { margin: 0; } figure img { width: 100%; display: block; } figcaption { font-size: 13px; margin-top: 4px; }
        </style></head><body><main>

        """
    }
}
