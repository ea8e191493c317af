"""Pairs files as they lie about: every mark, code and habit of writing gives the same names, or one sentence."""

from pathlib import Path

import pytest

from engine.data.pairs_file import read_pairs
from engine.errors import TryOnError
from engine.notes import noted
from tests.conftest import ROOT

CASES = ROOT / "tests" / "data" / "cases" / "pairs_files"
TWO = [("woman", "printed"), ("man", "tee")]
KOREAN = [("여자 1", "셔츠")]


@pytest.mark.parametrize(
    ("file", "names"),
    [("bom.txt", TWO), ("comment.txt", TWO[:1]), ("csv.txt", TWO), ("tabs.txt", [("my photo", "printed"), TWO[1]])],
)
def test_files_that_were_misread(file: str, names: list[tuple[str, str]]) -> None:
    assert read_pairs(CASES / file) == names


@pytest.mark.parametrize(
    "text",
    [
        "woman.jpg printed.jpg\nman.jpg tee.jpg",
        "woman.jpg\tprinted.jpg\t0\r\nman.jpg\ttee.jpg\t0\r\n",
        "woman.jpg printed.jpg 0\nman.jpg tee.jpg 2\n",
        "woman.jpg printed.jpg upper_body\nman.jpg tee.jpg upper_body\n",
        '"woman.jpg", "printed.jpg"\n"man.jpg", "tee.jpg"\n',
        '"woman.jpg" "printed.jpg"\n"man.jpg"   "tee.jpg"\n',
        "woman.jpg; printed.jpg\nman.jpg; tee.jpg;\n",
        "woman,printed\nman,tee\n",
        "person,cloth\nwoman.jpg,printed.jpg\nman.jpg,tee.jpg\n",
        "# who wears what\n\nwoman.jpg printed.jpg # the flowers\n   \nman.jpg tee.jpg\n",
        "image/woman.jpg cloth/printed.jpg\nimage\\man.JPG\tcloth\\tee.png\n",
        "woman.jpg printed.jpg\rman.jpg tee.jpg\r",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_way_to_write_two_pairs(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "pairs.txt"
    path.write_bytes(text.encode(encoding))
    assert read_pairs(path) == TWO


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("my photo.jpg my tee.jpg", ("my photo", "my tee")),
        ("my photo.jpg, my tee.jpg", ("my photo", "my tee")),
        ('"my, photo.jpg",tee.jpg', ("my, photo", "tee")),
        ("a,b.jpg c.jpg", ("a,b", "c")),
        ("v1.2.jpg tee.final.jpeg", ("v1.2", "tee.final")),
        ("00001_00 00002_00", ("00001_00", "00002_00")),
    ],
)
def test_names_that_hold_what_parts_them(tmp_path: Path, line: str, names: tuple[str, str]) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text(line, encoding="utf-8")
    assert read_pairs(path) == [names]


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", []), ("utf-16", []), ("cp949", ["pairs_korean"])])
def test_korean_names(tmp_path: Path, encoding: str, said: list[str]) -> None:
    path = tmp_path / "pairs.txt"
    path.write_bytes("여자 1.jpg\t셔츠.jpg\n".encode(encoding))
    with noted() as codes:
        assert read_pairs(path) == KOREAN
    assert codes == said


@pytest.mark.parametrize("line", ["a.jpg", "a.jpg b.jpg c.jpg", "a.jpg,,c.jpg", "a b c d", ",b.jpg"])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text(f"a.jpg b.jpg\n{line}\n", encoding="utf-8")
    with pytest.raises(TryOnError, match=r"Line 2 of .*pairs\.txt"):
        read_pairs(path)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"PK\x03\x04\x00\x00\xff\xff", b"\xff\xfea"])
def test_what_is_no_text_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "pairs.txt"
    path.write_bytes(data)
    with pytest.raises(TryOnError, match=r"pairs\.txt cannot be read; give a text file"):
        read_pairs(path)
