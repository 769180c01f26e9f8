internal import CFuzzer
internal import Glibc

/// Gives bytes that libFuzzer makes up to one parser: `assay-fuzz PARSER [options of libFuzzer] [corpus...]`.
@main
enum AssayFuzz {
    nonisolated(unsafe) private static var parser = Parser.command
    private static let scratch = Scratch()

    static func main() {
        guard CommandLine.arguments.count > 1, let chosen = Parser(rawValue: CommandLine.arguments[1]) else {
            print("assay-fuzz PARSER [options of libFuzzer] [corpus...]\nparsers:")
            for parser in Parser.allCases { print(parser.rawValue) }
            exit(2)
        }
        unsafe parser = chosen
        // libFuzzer sees the program's name and what follows the parser's.
        var count = CommandLine.argc - 1
        unsafe CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv + 1
        let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, size in
            let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
            unsafe AssayFuzz.parser.parse(bytes, AssayFuzz.scratch)
            return 0
        }
        exit(status)
    }
}
