"""The label: names that lead nowhere else, sizes and versions that are some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.bundles.label import Content, Label, parse, series
from tools.convert.manifest_file import toml_text

SHA = "0" * 64


def text(**changes: object) -> bytes:
    files = {"manifest.toml": {"sha256": SHA, "size": 1}}
    table = {
        "format": 1,
        "version": "1.2",
        "created": "2026-11-21T12:00:00Z",
        "gymbox": ["0.1"],
        "tasks": ["body landmarks"],
        "files": files,
    }
    return toml_text(table | changes).encode()


def with_file(name: str, sha256: object = SHA, size: object = 1) -> bytes:
    return text(
        files={
            "manifest.toml": {"sha256": SHA, "size": 1},
            name: {"sha256": sha256, "size": size},
        }
    )


def test_a_label_is_read():
    label = parse(with_file("samples/a-b.c_1.npz", size=41))
    assert (label.version, label.gymbox, label.size) == ("1.2", ("0.1",), 42)
    assert label.files["samples/a-b.c_1.npz"] == Content(SHA, 41)


@pytest.mark.parametrize(
    "name",
    [
        "../a", "/a", "a/../b", "a/b/c", ".hidden", "a/.hidden", "a\\b", "a/", "", "a b", "a\n",
        "bundle.toml", "installed.toml", "C:a", "ä", "a" * 200,
    ],
)  # fmt: skip
def test_a_name_that_may_not_be_is_refused(name: str):
    with pytest.raises(ValueError, match=r"not allowed|may not be"):
        parse(with_file(name))


@given(st.text(min_size=1))
def test_no_name_leads_out_of_the_folder(name: str):
    try:
        label = parse(with_file(name))
    except ValueError:
        return
    for known in label.files:
        assert not known.startswith("/")
        assert not any(part.startswith(".") for part in known.split("/"))


@pytest.mark.parametrize("size", [-1, True, 1.5, "1"])
def test_a_size_that_is_none_is_refused(size: object):
    with pytest.raises(ValueError, match="is no size"):
        parse(with_file("a", size=size))


@pytest.mark.parametrize("sha256", ["", SHA[1:], SHA[1:] + "g", 5])
def test_a_sum_that_is_none_is_refused(sha256: object):
    with pytest.raises(ValueError, match=r"not allowed|TypeError"):
        parse(with_file("a", sha256=sha256))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"version": "../1"},
        {"version": ""},
        {"version": 1},
        {"gymbox": ["0"]},
        {"gymbox": 1},
        {"tasks": 1},
        {"files": {}},
        {"files": 1},
    ],
)
def test_a_label_with_a_wrong_value_is_refused(changes: dict[str, object]):
    with pytest.raises(ValueError):  # noqa: PT011 (the words differ)
        parse(text(**changes))


@given(st.binary())
def test_bytes_are_a_label_or_refused(data: bytes):
    with pytest.raises(ValueError):  # noqa: PT011 (UnicodeDecodeError is one too)
        parse(data)


def test_it_fits_its_series_only():
    label = Label("1", "", ("0.1", "0.3"), (), {})
    assert [label.fits(v) for v in ("0.1.0", "0.1.9", "0.2.0", "0.3.1", "1.1.0", "0.10.0")] == [
        True, True, False, True, False, False,
    ]  # fmt: skip
    assert series("0.10.2") == "0.10"
    assert "0.1 and 0.3" in label.misfit
