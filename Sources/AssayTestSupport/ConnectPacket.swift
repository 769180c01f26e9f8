/// What a fake of an old broker looks at in a client's first packet.
package enum ConnectPacket {
    /// The protocol's level, 4 for MQTT 3.1.1; it follows the fixed header and its length (one byte in seven bits),
    /// "MQTT" and its own length.
    package static func level(of packet: [UInt8]) -> UInt8? {
        guard packet.first == 0x10, let lengthEnd = packet.dropFirst().firstIndex(where: { $0 < 0x80 }),
            packet.count > lengthEnd + 7
        else { return nil }
        return packet[lengthEnd + 7]
    }

    /// The answer of MQTT 3.1.1 to a level that is not known.
    package static let refusal: [UInt8] = [0x20, 2, 0, 1]
}
