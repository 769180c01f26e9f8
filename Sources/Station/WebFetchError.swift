/// Why a file was not fetched. Addresses hold no passwords: the settings refuse them.
enum WebFetchError: Error, Equatable, CustomStringConvertible {
    case refused(address: String, status: Int)
    case tooLarge(address: String, limit: Int)
    case stalled(address: String)

    /// The server sent on to what is neither http nor https, or from https to http.
    case strayed(address: String)
    /// No authority that is known signed its certificate, or it is made out to another, or over.
    case distrusted(address: String)
    case authoritiesUnusable(path: String)
    case cancelled(address: String)
    case failed(address: String, reason: String)
    case unwritable(path: String, reason: String)

    var description: String {
        switch self {
        case .refused(let address, let status): "\(address): the server answered \(status); check the address"
        case .tooLarge(let address, let limit):
            "\(address): has more than \(limit >> 20) MiB; raise support_sets.max_megabytes if that is right"
        case .stalled(let address):
            "\(address): the server was not reached in time, or sent too slowly; check it and the network"
        case .strayed(let address):
            "\(address): the server sends on to where nothing is fetched from; name the last address itself"
        case .distrusted(let address):
            """
            \(address): the server's certificate is not accepted: unknown authority, another host, or over; see \
            support_sets.ca_file
            """
        case .authoritiesUnusable(let path):
            "support_sets.ca_file: \(path) cannot be read as certificates; correct it, or see its permissions"
        case .cancelled(let address): "\(address): not fetched, the station stops"
        case .failed(let address, let reason):
            "\(address): cannot be fetched (\(reason)); check the address and the server"
        case .unwritable(let path, let reason): "\(path): cannot be written (\(reason)); make room in the state folder"
        }
    }
}
