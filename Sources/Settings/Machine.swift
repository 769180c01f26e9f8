internal import Glibc

/// What the defaults depend on: the box itself.
package struct Machine: Equatable, Sendable {
    package var hostName: String
    package var coreCount: Int

    package init(hostName: String, coreCount: Int) {
        self.hostName = hostName
        self.coreCount = coreCount
    }

    /// The box this process runs on, with the cores it may use.
    package static var current: Machine {
        var names = utsname()
        let isKnown = unsafe uname(&names) == 0
        let bytes = unsafe withUnsafeBytes(of: &names.nodename) { unsafe Array($0.prefix { $0 != 0 }) }
        let name = isKnown ? String(decoding: bytes, as: UTF8.self) : ""
        return Machine(hostName: name, coreCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// The host name as a station's name: small letters, digits, `-` and `_` only, at most 64 of them.
    package var stationName: String {
        let short = hostName.utf8.prefix { $0 != UInt8(ascii: ".") }
        let letters = short.map { byte -> Character in
            let letter = Character(UnicodeScalar(byte)).lowercased().first ?? "-"
            return Name.isInner(letter) ? letter : "-"
        }
        let name = String(letters.drop { !Name.isFirst($0) }.prefix(Name.lengthLimit))
        return name.isEmpty ? "station" : name
    }
}
