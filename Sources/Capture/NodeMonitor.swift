internal import CUdev
internal import Glibc

/// Tells when a video node has come or changed, after udev has set its links and permissions.
///
/// Where no udev runs it never tells anything, and its owner has to look again by itself.
@safe struct NodeMonitor: ~Copyable {
    // unsafe: owned; used by one thread at a time
    private let udev: OpaquePointer
    private let monitor: OpaquePointer

    /// For `poll(2)`.
    let descriptor: Int32

    /// Listens to udev's own group, not the kernel's: the kernel's news come before the node may be opened.
    init() throws(CaptureError) {
        guard let udev = unsafe udev_new() else { throw .systemExhausted(what: "udev context", .last) }
        guard let monitor = unsafe udev_monitor_new_from_netlink(udev, "udev") else {
            unsafe udev_unref(udev)
            throw .systemExhausted(what: "udev monitor", .last)
        }
        guard unsafe udev_monitor_filter_add_match_subsystem_devtype(monitor, "video4linux", nil) >= 0,
            unsafe udev_monitor_enable_receiving(monitor) >= 0
        else {
            unsafe udev_monitor_unref(monitor)
            unsafe udev_unref(udev)
            throw .systemExhausted(what: "udev monitor", .last)
        }
        unsafe self.udev = unsafe udev
        unsafe self.monitor = unsafe monitor
        descriptor = unsafe udev_monitor_get_fd(monitor)
    }

    deinit {
        unsafe udev_monitor_unref(monitor)
        unsafe udev_unref(udev)
    }

    /// Whether something came since the last time; news of a removal do not count.
    func takeArrival() -> Bool {
        var hasArrival = false
        // The bound is for a storm of events.
        for _ in 0..<256 {
            guard let device = unsafe udev_monitor_receive_device(monitor) else { break }
            let action = unsafe udev_device_get_action(device).map { unsafe String(cString: $0) }
            if action != "remove" { hasArrival = true }
            unsafe udev_device_unref(device)
        }
        return hasArrival
    }
}
