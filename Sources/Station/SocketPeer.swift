internal import Glibc

/// Who is at the other end of a local socket, as the kernel vouches (unix(7), SO_PEERCRED and SO_PEERGROUPS).
struct SocketPeer {
    let user: uid_t
    let groups: Set<gid_t>

    init?(of descriptor: Int32) {
        // struct ucred: process, user and group, 32 bits each; Glibc's module does not show it.
        var credentials: (UInt32, UInt32, UInt32) = (0, 0, 0)
        var length = socklen_t(12)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, length == 12 else {
            return nil
        }
        var list = [gid_t](repeating: 0, count: 1024)
        var size = socklen_t(list.count * MemoryLayout<gid_t>.stride)
        let socketPeerGroups: Int32 = 59  // SO_PEERGROUPS of asm-generic/socket.h
        if unsafe getsockopt(descriptor, SOL_SOCKET, socketPeerGroups, &list, &size) != 0 { size = 0 }
        user = credentials.1
        groups = Set(list.prefix(Int(size) / MemoryLayout<gid_t>.stride)).union([credentials.2])
    }

    /// Root, the daemon's own user, and members of the socket's group.
    func mayUse(_ path: String) -> Bool {
        if user == 0 || user == geteuid() { return true }
        var facts = stat()
        return unsafe stat(path, &facts) == 0 && groups.contains(facts.st_gid)
    }
}
