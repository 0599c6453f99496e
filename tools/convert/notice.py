"""`NOTICE` in a models folder: whose work the models are. One section a source, kept apart."""

from pathlib import Path

FILE = "NOTICE"
_RULE = "\n" + "-" * 72 + "\n\n"


def update_notice(folder: Path, text: str) -> None:
    """Writes a section, in the place of the one that has the same first line, if there is one."""
    path = folder / FILE
    sections = path.read_text(encoding="utf-8").split(_RULE) if path.is_file() else []
    section = text.strip() + "\n"
    first = section.splitlines()[0]
    places = [place for place, old in enumerate(sections) if old.splitlines()[:1] == [first]]
    if places:
        sections[places[0]] = section
    else:
        sections.append(section)
    path.write_text(_RULE.join(sections), encoding="utf-8")
