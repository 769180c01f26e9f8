"""unpack_runtime.py WHEEL FOLDER: takes the inference runtime's libraries and licences out of its Python wheel."""

import pathlib
import re
import sys
import zipfile

KEPT = re.compile(
    r"openvino/libs/(libopenvino(_c|_onnx_frontend|_ir_frontend)?\.so\.\d+|libopenvino_(intel|arm)_cpu_plugin\.so|libtbb\.so\.12)$")
LICENCES = re.compile(r"openvino-[^/]+/licenses/(.+)$")


def main(wheel, folder):
    folder = pathlib.Path(folder)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            library, licence = KEPT.match(name), LICENCES.search(name)
            if library:
                target = folder / "lib" / library.group(1)
            elif licence and not name.endswith("/"):
                target = folder / "licences" / pathlib.PurePosixPath(licence.group(1)).name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
            target.chmod(0o755 if library else 0o644)
    if not list(folder.glob("lib/libopenvino_c.so.*")):
        sys.exit(f"{wheel} holds no libopenvino_c")


if __name__ == "__main__":
    main(*sys.argv[1:])
