internal import Verdicts

extension VerdictMessage: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, boot, station, line, camera, trigger, metadata, frame, decision, reasons, score, threshold, model
        case objects, findings
        case triggeredAt = "triggered_at"
        case guardBand = "guard_band"
        case pValue = "p_value"
        case supportSet = "support_set"
        case nearestSupport = "nearest_support"
        case timings = "timing_ms"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        boot = try values.decode(String.self, forKey: .boot)
        delivery = try Delivery(from: decoder)
        station = try values.decode(String.self, forKey: .station)
        line = try values.decode(String.self, forKey: .line)
        camera = try values.decode(String.self, forKey: .camera)
        trigger = try values.decode(Trigger.self, forKey: .trigger)
        triggeredAt = try values.decodeIfPresent(String.self, forKey: .triggeredAt)
        metadata = try values.decodeIfPresent(JSONText.self, forKey: .metadata)
        frame = try values.decodeIfPresent(FrameStamp.self, forKey: .frame)
        decision = try values.decode(Decision.self, forKey: .decision)
        reasons = try values.decode([ReasonCode].self, forKey: .reasons)
        score = try values.decodeIfPresent(Double.self, forKey: .score)
        threshold = try values.decodeIfPresent(Double.self, forKey: .threshold)
        guardBand = try values.decodeIfPresent([Double].self, forKey: .guardBand)
        pValue = try values.decodeIfPresent(Double.self, forKey: .pValue)
        supportSet = try values.decodeIfPresent(SupportSetReference.self, forKey: .supportSet)
        nearestSupport = try values.decodeIfPresent(String.self, forKey: .nearestSupport)
        model = try values.decodeIfPresent(ModelReference.self, forKey: .model)
        objects = try values.decode(ObjectCounts.self, forKey: .objects)
        findings = try values.decode([WireFinding].self, forKey: .findings)
        timings = try values.decode(VerdictTimings.self, forKey: .timings)
    }
}

extension Delivery: Decodable {
    private enum CodingKeys: String, CodingKey {
        case seq, historical
        case droppedBefore = "dropped_before"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sequence = try values.decode(UInt64.self, forKey: .seq)
        isHistorical = try values.decode(Bool.self, forKey: .historical)
        droppedBefore = try values.decodeIfPresent(UInt64.self, forKey: .droppedBefore) ?? 0
    }
}
