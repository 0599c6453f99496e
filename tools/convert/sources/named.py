"""`module:name` on the command line: the user's own layers and builders."""

import importlib
import sys
from pathlib import Path
from typing import Any

from gymbox.errors import UsageError
from tools.convert.sources.source import first_line


def named_object(name: str) -> Any:  # noqa: ANN401 - whatever the user wrote
    """Imports what `module:name` says, also from the folder that the command runs in.

    Raises:
        UsageError: there is no such module, or it has nothing of that name.
    """
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute):
        raise UsageError(f"{name!r} is no module:name", "write it as in models:build")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)
    try:
        return getattr(importlib.import_module(module), attribute)
    except Exception as error:
        # The module is the user's, and may fail in any way.
        raise UsageError(
            f"{name} cannot be imported ({first_line(error)})", "run the command in its folder"
        ) from error
