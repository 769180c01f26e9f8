internal import Foundation
internal import Glibc

/// Checks messages against `Config/schemas` with the `jsonschema` package of Python: an implementation not ours.
package enum SchemaValidator {
    /// Each message names its schema itself (`"schema": "assay.verdict/1"`), but for Home Assistant's, whose form is not
    /// ours.
    ///
    /// - Returns: a line for each problem; none when all messages are valid.
    /// - Throws: `missing` when there is no Python with `jsonschema`.
    package static func problems(in messages: [[UInt8]]) throws -> [String] {
        let folder = try TemporaryFolder("assay-schema")
        let input = try folder.write(messages.joined(separator: [0x0A]), to: "messages.jsonl")
        return try run(["messages", input], folder)
    }

    /// Checks the schemas themselves, their examples, and the files of `Config/schemas/examples`, called
    /// `KIND-VERSION.CASE.json`.
    package static func problemsInExamples() throws -> [String] {
        try run(["examples"], TemporaryFolder("assay-schema"))
    }

    private static func run(_ arguments: [String], _ folder: TemporaryFolder) throws -> [String] {
        let python = interpreter()
        guard unsafe access(python, X_OK) == 0 else {
            throw TestSupportError.missing(
                program: python, remedy: "run Tools/setup.sh, or point ASSAY_PYTHON to a Python with jsonschema")
        }
        let script = try folder.write(program, to: "validate.py")
        let output = folder.file("output")
        let child = try ChildProcess(python, [script, "\(Repository.root)/Config/schemas"] + arguments, output: output)
        let status = child.wait()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard status == 0 else { throw TestSupportError.notReady(program: python, output: text) }
        return text.split(separator: "\n").map(String.init)
    }

    private static func interpreter() -> String {
        let environment = ProcessInfo.processInfo.environment
        if let python = environment["ASSAY_PYTHON"], !python.isEmpty { return python }
        let home = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/root")/.cache"
        return "\(environment["ASSAY_CACHE"] ?? "\(home)/assay")/python/bin/python"
    }

    private static let program = """
        import json, pathlib, sys
        from jsonschema import Draft202012Validator

        schemas = {}
        for path in sorted(pathlib.Path(sys.argv[1]).glob("*.schema.json")):
            schema = json.loads(path.read_text())
            Draft202012Validator.check_schema(schema)
            schemas[schema["properties"].get("schema", {}).get("const")] = schema

        def refuse(constant):
            raise ValueError(f"{constant} is not JSON")

        def check(where, message):
            schema = schemas.get(message.get("schema"))
            if schema is None:
                print(f"{where}: unknown schema {message.get('schema')!r}")
                return
            for error in Draft202012Validator(schema).iter_errors(message):
                print(f"{where}: {error.json_path}: {error.message[:300]}")

        if sys.argv[2] == "examples":
            for name, schema in schemas.items():
                if not schema.get("examples"):
                    print(f"{name}: no examples")
                for index, example in enumerate(schema.get("examples", [])):
                    if example.get("schema") != name:
                        print(f"{name}: example {index} is of another schema")
                    check(f"{name} example {index}", example)
            kinds = set()
            for path in sorted(pathlib.Path(sys.argv[1], "examples").glob("*.json")):
                message = json.loads(path.read_text(), parse_constant=refuse)
                check(path.name, message)
                kind, _, version = path.name.split(".")[0].rpartition("-")
                kinds.add((kind, version))
                if message.get("schema") not in (f"assay.{kind}/{version}", None):
                    print(f"{path.name}: holds {message['schema']}")
            for schema in schemas.values():
                kind = tuple(schema["$id"].removeprefix("urn:assay:schema:").split(":"))
                if kind not in kinds:
                    print(f"{schema['$id']}: no file in examples")
        else:
            for number, line in enumerate(pathlib.Path(sys.argv[3]).read_bytes().split(b"\\n"), 1):
                try:
                    message = json.loads(line, parse_constant=refuse)
                except ValueError as error:
                    print(f"message {number}: {error}")
                else:
                    check(f"message {number}", message)

        """
}
