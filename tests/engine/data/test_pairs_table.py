"""Tables of pairs: any order of columns, any code of text, and one sentence about a line that cannot be used."""

import json
from pathlib import Path

import pytest

from engine.data.pairs_table import Row, read_rows
from engine.errors import TryOnError

WANTED = [Row("a.jpg", "b.jpg", "SKU 1", 7), Row("c.jpg", "d.jpg")]


@pytest.mark.parametrize(
    "text",
    [
        "person,garment,name,seed\na.jpg,b.jpg,SKU 1,7\nc.jpg,d.jpg,,\n",
        "Seed;Name;Price;Garment;Person\n7;SKU 1;9,90;b.jpg;a.jpg\n;;1;d.jpg;c.jpg\n",
        'person\tgarment\tsku\tseed\r\na.jpg\tb.jpg\t"SKU 1"\t7\r\n\r\n# a comment\r\nc.jpg\td.jpg\r\n',
        '{"garment": "b.jpg", "person": "a.jpg", "seed": 7, "sku": "SKU 1"}\n{"model": "c.jpg", "garment": "d.jpg"}\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_tables_as_people_write_them(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_bytes(text.encode(encoding))
    assert read_rows(path) == WANTED


def test_korean_names(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes("person,garment,name\n여자 1.jpg,셔츠.jpg,상품\n".encode("cp949"))
    assert read_rows(path) == [Row("여자 1.jpg", "셔츠.jpg", "상품")]


def test_what_has_no_headings_is_read_as_a_pairs_file(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text("a.jpg b.jpg\nc.jpg d.jpg\n")
    assert read_rows(path) == [Row("a", "b"), Row("c", "d")]
    path.write_text("")
    assert read_rows(path) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["person,garment,seed", "a,b,1", "a,b,x"], "Line 3 .* no seed .*'x'"),
        (["person,garment,seed", "a,b,4294967296"], "Line 2 .* no seed"),
        (["person,garment,seed", "a,b,-1"], "Line 2 .* no seed"),
        (["person,garment", "a"], "Line 2 .* no garment"),
        (["person,garment", ",b"], "Line 2 .* no person"),
        ([json.dumps({"person": "a", "garment": "b"}), "{"], "Line 2 .* no row"),
        ([json.dumps({"person": "a", "garment": "b"}), "[1]"], "Line 2 .* no row"),
        ([json.dumps({"person": "a"})], "Line 1 .* no garment"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(lines: list[str], words: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("\n".join(lines))
    with pytest.raises(TryOnError, match=words):
        read_rows(path)
