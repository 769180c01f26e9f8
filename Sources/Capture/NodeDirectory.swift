internal import CUdev
internal import Glibc

/// The video nodes of this machine as udev and sysfs describe them; no device is opened to tell.
///
/// Without udev (in a container) sysfs still gives serial number, model and bus of a USB camera, and the links in
/// `/dev/v4l` are read where they are passed in.
@safe struct NodeDirectory: ~Copyable {
    // unsafe: owned; used by one thread at a time
    private let udev: OpaquePointer

    /// `udev_new`.
    init() throws(CaptureError) {
        guard let udev = unsafe udev_new() else { throw .systemExhausted(what: "udev context", .last) }
        unsafe self.udev = unsafe udev
    }

    deinit { unsafe udev_unref(udev) }

    /// Every node called `video…`, by number.
    func nodes() -> [CameraNode] {
        guard let list = unsafe udev_enumerate_new(udev) else { return [] }
        defer { unsafe udev_enumerate_unref(list) }
        guard unsafe udev_enumerate_add_match_subsystem(list, "video4linux") >= 0,
            unsafe udev_enumerate_add_match_sysname(list, "video*") >= 0,
            unsafe udev_enumerate_scan_devices(list) >= 0
        else { return [] }
        var nodes: [CameraNode] = []
        var entry = unsafe udev_enumerate_get_list_entry(list)
        while let current = unsafe entry {
            if let path = unsafe udev_list_entry_get_name(current),
                let device = unsafe udev_device_new_from_syspath(udev, path)
            {
                if let node = unsafe Self.node(device) { nodes.append(node) }
                unsafe udev_device_unref(device)
            }
            unsafe entry = unsafe udev_list_entry_get_next(current)
        }
        let links = DeviceLinks()
        return nodes.map { links.completing($0) }.sorted { Self.number($0.device) < Self.number($1.device) }
    }

    /// What is known of the node that `path`, perhaps by links, leads to.
    func node(at path: String) -> CameraNode {
        let device = DeviceLinks.target(of: path) ?? path
        return nodes().first { $0.device == device } ?? CameraNode(device: device)
    }

    private static func node(_ device: OpaquePointer) -> CameraNode? {
        guard let path = unsafe text(udev_device_get_devnode(device)) else { return nil }
        var node = CameraNode(device: path)
        // The parents belong to `device` and go with it.
        let usb = unsafe udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
        node.serial =
            unsafe property("ID_SERIAL_SHORT", of: device) ?? usb.flatMap { unsafe attribute("serial", of: $0) }
        node.model = unsafe property("ID_V4L_PRODUCT", of: device) ?? attribute("name", of: device)
        node.bus = unsafe usb.flatMap { unsafe text(udev_device_get_syspath($0)) }.flatMap(USBPlace.bus)
        node.driver = unsafe udev_device_get_parent(device).flatMap { unsafe text(udev_device_get_driver($0)) }
        var link = unsafe udev_device_get_devlinks_list_entry(device)
        while let current = unsafe link {
            if let path = unsafe text(udev_list_entry_get_name(current)) { DeviceLinks.note(path, in: &node) }
            unsafe link = unsafe udev_list_entry_get_next(current)
        }
        return node
    }

    private static func property(_ name: String, of device: OpaquePointer) -> String? {
        unsafe text(udev_device_get_property_value(device, name))
    }

    private static func attribute(_ name: String, of device: OpaquePointer) -> String? {
        unsafe text(udev_device_get_sysattr_value(device, name))
    }

    /// A device may tell anything: at most 255 bytes, no control characters, nil for nothing.
    private static func text(_ characters: UnsafePointer<CChar>?) -> String? {
        guard let characters = unsafe characters else { return nil }
        let length = unsafe strnlen(characters, 4096)
        let bytes = unsafe UnsafeRawBufferPointer(start: characters, count: length)
        let text = unsafe String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
        let start = text.prefix { $0 == " " }.count
        let trimmed = text.dropFirst(start)
        let end = trimmed.reversed().prefix { $0 == " " }.count
        let inner = String(trimmed.dropLast(end))
        return inner.isEmpty ? nil : inner
    }

    private static func number(_ device: String) -> Int { Int(device.drop { !$0.isNumber }) ?? .max }
}
