from pathlib import Path

from tools.convert.notice import update_notice


def test_sections_stand_beside_each_other_and_are_renewed(tmp_path: Path):
    update_notice(tmp_path, "a.tflite\nis mine")
    update_notice(tmp_path, "b.tflite\nis yours")
    update_notice(tmp_path, "a.tflite\nis ours")
    text = (tmp_path / "NOTICE").read_text()
    assert text.index("is ours") < text.index("is yours")
    assert "is mine" not in text
    update_notice(tmp_path, "a.tflite\nis ours")
    assert (tmp_path / "NOTICE").read_text() == text
