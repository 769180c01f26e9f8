internal import Glibc

/// Where the set-up puts what it makes: `$ASSAY_CACHE`, else `$XDG_CACHE_HOME/assay`, else `$HOME/.cache/assay`.
package enum CacheFolder {
    package static var path: String? {
        if let folder = variable("ASSAY_CACHE") { return folder }
        if let shared = variable("XDG_CACHE_HOME"), shared.hasPrefix("/") { return "\(shared)/assay" }
        if let home = variable("HOME"), home.hasPrefix("/") { return "\(home)/.cache/assay" }
        return nil
    }

    /// The folder of the bundle that the set-up makes.
    package static var defaultBundle: String? { path.map { "\($0)/models/default" } }

    /// A folder for networks in compiled form, if one can be written to.
    static var compiledNetworks: String? {
        guard let path else { return nil }
        let folder = "\(path)/compiled"
        for part in [path, folder] where unsafe mkdir(part, 0o700) != 0 && errno != EEXIST { return nil }
        return unsafe access(folder, W_OK | X_OK) == 0 ? folder : nil
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
