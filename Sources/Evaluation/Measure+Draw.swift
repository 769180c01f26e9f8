internal import Metrics
internal import SupportSets
internal import Verdicts

extension Measure {
    /// All figures of one draw.
    ///
    /// - Parameter withSubtypes: also those of each sort of defect.
    init(_ draw: Draw, withSubtypes: Bool) {
        self = .group([
            "image_auroc": Self.byType(draw, withSubtypes: withSubtypes) { $0.areaUnderCurve },
            "average_precision": Self.byType(draw, withSubtypes: false) { $0.averagePrecision },
            "f1_max": Self.byType(draw, withSubtypes: false) { $0.bestF1?.value },
            "pixel_auroc": .value(draw.pixels?.auroc),
            "pixel_f1_max": .value(draw.pixels?.bestF1),
            "pro": .value(draw.pixels?.pro),
            "spro": Self.saturatedOverlap(draw.pixels),
            "celad": .group([
                "pixel_auroc": .value(draw.pixels?.celad.auroc),
                "pixel_f1_max": .value(draw.pixels?.celad.bestF1),
                "pro": .value(draw.pixels?.celad.pro),
            ]),
            "calibrated": Self.calibrated(draw.images),
            "findings": Self.findings(draw.images),
            "self_test": Self.selfTest(of: [draw]),
        ])
    }

    /// What sets said of themselves, and whether it holds; over several categories the order is that of all together.
    static func selfTest(of draws: [Draw]) -> Measure {
        let noticed = Alteration.allCases.map { alteration in
            let rates = draws.compactMap { $0.selfTest?.rate(of: alteration) }
            return (alteration.rawValue, Measure.value(rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)))
        }
        return .group([
            "noticed": .group(Dictionary(noticed) { first, _ in first }),
            "rank_correlation": .value(SelfTestAgreement(of: draws).rankCorrelation),
        ])
    }

    private static func byType(
        _ draw: Draw, withSubtypes: Bool, _ figure: (Ranking) -> Double?
    ) -> Measure {
        func measure(_ isCounted: (JudgedImage) -> Bool) -> Measure {
            .value(figure(draw.ranking(of: isCounted)))
        }
        var group: [String: Measure] = [
            "all": measure { $0.type != .good },
            "logical": measure { $0.type == .logical },
            "structural": measure { $0.type == .structural },
        ]
        if withSubtypes {
            var subtypes: [String: Measure] = [:]
            for name in Set(draw.images.filter { $0.type != .good }.compactMap(\.subtype)) {
                subtypes[name] = measure { $0.type != .good && $0.subtype == name }
            }
            group["subtypes"] = .group(subtypes)
        }
        return .group(group)
    }

    private static func saturatedOverlap(_ pixels: PixelFigures?) -> Measure {
        var limits: [String: Measure] = [:]
        for (index, limit) in PixelFigures.limits.enumerated() {
            let name = limit == 1 ? "1" : "\(limit)"
            let overlap = pixels?.spro[index]
            limits[name] = .group([
                "all": .value(overlap?.all), "logical": .value(overlap?.logical),
                "structural": .value(overlap?.structural),
            ])
        }
        return .group(limits)
    }

    /// An image that cannot be decided is an alarm, whether it is good or not; its rate is told on its own as well.
    private static func calibrated(_ images: [JudgedImage]) -> Measure {
        let good = images.filter { $0.type == .good }
        let bad = images.filter { $0.type != .good }
        return .group([
            "false_alarm": .value(share(good.count { $0.decision != .pass }, of: good.count)),
            "miss": .value(share(bad.count { $0.decision == .pass }, of: bad.count)),
            "inconclusive": .value(
                share(images.count { [.inconclusive, .noVerdict].contains($0.decision) }, of: images.count)),
        ])
    }

    private static func findings(_ images: [JudgedImage]) -> Measure {
        let good = images.filter { $0.type == .good }
        let explained = images.filter { $0.type != .good }.compactMap(\.explanation)
        func sum(_ count: (Explanation) -> Int) -> Int { explained.reduce(0) { $0 + count($1) } }
        let placed = sum(\.placedCount)
        return .group([
            "right": .value(share(sum(\.rightCount), of: placed)),
            "kind": .value(share(sum(\.kindCount), of: sum(\.anomalyCount))),
            "place": .value(share(sum(\.placeCount), of: placed)),
            "wrong_per_image": .value(share(sum(\.wrongCount), of: explained.count)),
            "per_good_image": .value(share(good.reduce(0) { $0 + $1.findings.count }, of: good.count)),
        ])
    }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}

extension Draw {
    /// The scores of good images against those of some others; an image that could not be judged scores highest, as it
    /// raises an alarm.
    func ranking(of isCounted: (JudgedImage) -> Bool) -> Ranking {
        Ranking(
            positives: images.filter(isCounted).map { $0.score ?? .infinity },
            negatives: images.filter { $0.type == .good }.map { $0.score ?? .infinity })
    }
}
