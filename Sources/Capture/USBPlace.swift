/// A USB device's place as drivers write it in their bus information.
package enum USBPlace {
    /// `usb-0000:00:14.0-1.2` of `/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2`; nil for another kind of path.
    ///
    /// The kernel's `usb_make_path`: the controller's name, then the ports on the way.
    package static func bus(ofDeviceAt systemPath: String) -> String? {
        let parts = systemPath.split(separator: "/")
        let root = parts.firstIndex { $0.hasPrefix("usb") && $0.count > 3 && $0.dropFirst(3).allSatisfy(\.isNumber) }
        guard let root, root > parts.startIndex, let last = parts.last, parts.index(after: root) < parts.endIndex,
            let dash = last.firstIndex(of: "-")
        else { return nil }
        let ports = last[last.index(after: dash)...]
        guard !ports.isEmpty, ports.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
        return "usb-\(parts[parts.index(before: root)])-\(ports)"
    }
}
