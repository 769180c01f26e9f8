internal import Glibc
internal import Foundation
internal import Synchronization

/// A wire between a client and a server on loopback that a test can cut.
package final class LoopbackRelay: Sendable {
    private final class Wires: Sendable {
        let descriptors = Mutex<Set<Int32>>([])
        let accepted = Mutex(0)
        let isCutForGood = Atomic<Bool>(false)
        let isStalled = Atomic<Bool>(false)

        func waitWhileStalled() {
            while isStalled.load(ordering: .acquiring) { usleep(5000) }
        }
    }

    private let wires = Wires()
    private let server: LoopbackServer

    /// No thread is left waiting.
    deinit { cut(forGood: true) }

    /// - Parameters:
    ///   - target: the port that connections are led to.
    ///   - knowsMQTT5: otherwise MQTT 5 is refused as by a broker of 3.1.1, and only that is let through.
    package init(to target: UInt16, knowsMQTT5: Bool = true) throws(TestSupportError) {
        let wires = wires
        server = try LoopbackServer { client in
            let first = knowsMQTT5 ? [] : LoopbackServer.read(client)
            if !knowsMQTT5, ConnectPacket.level(of: first) != 4 {
                LoopbackServer.write(ConnectPacket.refusal, to: client)
                return
            }
            wires.accepted.withLock { $0 += 1 }
            guard !wires.isCutForGood.load(ordering: .acquiring), let upstream = LoopbackRelay.connect(to: target)
            else { return }
            wires.descriptors.withLock { $0.formUnion([client, upstream]) }
            LoopbackServer.write(first, to: upstream)
            let hasDrained = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                LoopbackRelay.copy(from: upstream, to: client, wires)
                hasDrained.signal()
            }
            LoopbackRelay.copy(from: client, to: upstream, wires)
            hasDrained.wait()
            wires.descriptors.withLock { $0.subtract([client, upstream]) }
            close(upstream)
        }
    }

    package var port: UInt16 { server.port }

    /// How many connections there have been.
    package var connectionCount: Int { wires.accepted.withLock { $0 } }

    /// Breaks every connection there is, without a goodbye; new ones are let through, unless it is for good.
    package func cut(forGood: Bool = false) {
        wires.isStalled.store(false, ordering: .releasing)
        if forGood { wires.isCutForGood.store(true, ordering: .releasing) }
        wires.descriptors.withLock { descriptors in
            for descriptor in descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Lets new connections through again.
    package func mend() {
        wires.isCutForGood.store(false, ordering: .releasing)
        wires.isStalled.store(false, ordering: .releasing)
    }

    /// Lets nothing through in either direction while every socket stays open: a half-open connection.
    package func stall() { wires.isStalled.store(true, ordering: .releasing) }

    private static func copy(from source: Int32, to target: Int32, _ wires: Wires) {
        while case let bytes = LoopbackServer.read(source), !bytes.isEmpty {
            wires.waitWhileStalled()
            guard LoopbackServer.write(bytes, to: target) else { break }
        }
        shutdown(target, Int32(SHUT_RDWR))
        shutdown(source, Int32(SHUT_RDWR))
    }

    private static func connect(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = LoopbackPort.loopback(port)
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe Glibc.connect(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        close(descriptor)
        return nil
    }
}
