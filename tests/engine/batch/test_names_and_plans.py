"""From folders, tables and data sets to pictures with names; what is wrong is said before anything is made."""

from pathlib import Path

import pytest

from engine.batch.digests import digested
from engine.batch.item import PREPARED, RAW
from engine.batch.names import Naming
from engine.batch.plan import Plan, Sources, spread
from engine.commands.hints import with_hint
from engine.errors import TryOnError
from tests.rendered import write_rendered_dataset


def files(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return folder


def outputs(plan: Plan) -> list[str]:
    return [item.output for item in plan.items]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return files(tmp_path / "people", "ann.jpg", "bob.PNG", ".hidden.jpg", "notes.txt")


@pytest.fixture
def garments(tmp_path: Path) -> Path:
    return files(tmp_path / "garments", "ann.webp", "tee.jpg")


def test_everybody_in_everything(people: Path, garments: Path) -> None:
    plan = Sources(people, garments, seed=3).plan(Naming())
    assert outputs(plan) == ["ann_ann.png", "ann_tee.png", "bob_ann.png", "bob_tee.png"]
    first = plan.items[0]
    assert first.files == {"person": str(people / "ann.jpg"), "garment": str(garments / "ann.webp")}
    assert (first.seed, tuple(first.files), first.is_raw) == (3, RAW, True)


def test_only_those_of_one_name(people: Path, garments: Path) -> None:
    plan = Sources(people, garments, "stem").plan(Naming())
    assert outputs(plan) == ["ann_ann.png"]
    assert [fault.values["path"] for fault in plan.left_out] == [str(people / "bob.PNG"), str(garments / "tee.jpg")]


def test_photos_of_one_name_are_told_apart_by_their_ending(people: Path, garments: Path) -> None:
    files(people, "ann.heic")
    plan = Sources(people, garments).plan(Naming("{person}__{garment}"))
    assert outputs(plan)[:3] == ["ann.heic__ann.png", "ann.heic__tee.png", "ann.jpg__ann.png"]


def test_a_table_names_photos_with_or_without_ending(people: Path, garments: Path, tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text("garment,person,sku,seed\ntee,ann.jpg,A 1,7\ntee.jpg,people/bob,,\ngone.jpg,bob,x/..\\y,\n")
    plan = Sources(people, garments, pairs=table, seed=2).plan(Naming())
    assert outputs(plan) == ["A 1.png", "bob_tee.png", "x_.._y.png"]
    assert [item.seed for item in plan.items] == [7, 2, 2]
    assert [Path(item.files["person"]).name for item in plan.items] == ["ann.jpg", "bob.PNG", "bob.PNG"]
    assert plan.items[2].files["garment"] == str(garments / "gone.jpg"), "which fails when it is made"


def test_a_table_may_lie_beside_its_photos(people: Path, tmp_path: Path) -> None:
    (people / "pairs.txt").write_text("ann.jpg bob.PNG\n")
    plan = Sources(pairs=people / "pairs.txt").plan(Naming())
    assert list(plan.items[0].files.values()) == [str(people / "ann.jpg"), str(people / "bob.PNG")]


def test_a_data_set_brings_what_others_found(tmp_path: Path) -> None:
    root = write_rendered_dataset(tmp_path / "data", 2, (96, 72), split="test", unpaired=True)
    plan = Sources(dataset=root).plan(Naming())
    assert outputs(plan) == ["00000_00_00001_00.png", "00001_00_00000_00.png"]
    assert (tuple(plan.items[0].files), plan.items[0].is_raw) == (PREPARED, False)
    assert outputs(Sources(dataset=root).plan(Naming(extension="jpg")))[0] == "00000_00001_00.jpg"
    (root / "mine.csv").write_text("person,garment,name,seed\n00001_00.jpg,00001_00.jpg,own,5\n")
    (only,) = Sources(dataset=root, pairs=Path("mine.csv")).plan(Naming()).items
    assert (only.output, only.seed) == ("own.png", 5)


def test_names_by_pattern(people: Path, garments: Path) -> None:
    plan = Sources(people, garments, seed=4).plan(Naming("{date}/{garment}/{person}-{seed}", "webp", "2026-01-31"))
    assert outputs(plan)[1] == "2026-01-31/tee/ann-4.webp"
    assert plan.items[1].id == "2026-01-31/tee/ann-4"
    assert Naming("{person}/a").stem("..", "g", 0) == "_/a", "no name leads out of the folder"


@pytest.mark.parametrize(
    "pattern",
    ["{who}", "{person", "{}", "{person.x}", "{seed:d}", "{name!r}", "../{name}", "/{name}", "a//b", "{name}/"],
)
def test_patterns_that_name_no_file_in_the_folder(pattern: str) -> None:
    with pytest.raises(TryOnError, match=r"\{person\}, \{garment\}"):
        Naming(pattern)


def test_two_pictures_are_never_one_file(people: Path, garments: Path, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match=r"2 pairs .* ann\.png"):
        Sources(people, garments).plan(Naming("{person}"))
    files(people, "ANN.jpeg")
    with pytest.raises(TryOnError, match="same"):
        Sources(people, garments).plan(Naming())
    root = write_rendered_dataset(tmp_path / "data", 1, (96, 72), split="test")
    (root / "p.txt").write_text("a_0 c\na_1 c\n")
    with pytest.raises(TryOnError, match=r"a_c\.jpg.*a format whose names hold") as caught:
        Sources(dataset=root, pairs=Path("p.txt")).plan(Naming(extension="jpg"))
    assert with_hint(caught.value).endswith("(--format png)")


def test_what_is_not_enough_to_plan(people: Path, garments: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for sources, words in (
        (Sources(people), "say what to make"),
        (Sources(people, tmp_path / "empty"), "empty holds no photos"),
        (Sources(people, tmp_path / "missing"), "missing holds no photos"),
        (Sources(people, files(tmp_path / "other", "x.jpg"), "stem"), "lists no pairs"),
        (Sources(pairs=tmp_path / "missing.csv"), "cannot be read"),
    ):
        with pytest.raises(TryOnError, match=words):
            sources.plan(Naming())


def test_a_few_evenly_and_the_first(people: Path, garments: Path) -> None:
    plan = Sources(people, garments).plan(Naming())
    assert outputs(plan.evenly(2)) == [outputs(plan)[0], outputs(plan)[2]]
    assert outputs(plan.evenly(9)) == outputs(plan)
    assert outputs(plan.first(1)) == outputs(plan)[:1]
    assert plan.first(None).items == plan.items


@pytest.mark.parametrize(("people", "garments", "count"), [(20, 10, 20), (20, 10, 40), (20, 10, 60), (30, 30, 60)])
def test_who_chooses_evenly_meets_everybody_and_every_garment(people: int, garments: int, count: int) -> None:
    places = spread(people * garments, count)
    assert places == sorted({*places})
    assert len(places) == count
    assert len({place // garments for place in places}) == people
    assert len({place % garments for place in places}) == garments


@pytest.mark.parametrize("whole", [0, 1, 2, 7, 60])
def test_places_are_within_and_each_is_chosen_once(whole: int) -> None:
    for count in range(1, 70):
        places = spread(whole, count)
        assert places == sorted({*places} & {*range(whole)})
        assert len(places) == min(whole, count)


def test_digests_are_of_contents(people: Path, garments: Path) -> None:
    (garments / "tee.jpg").write_bytes((people / "ann.jpg").read_bytes())
    (people / "bob.PNG").chmod(0o666)
    plan = Sources(people, garments).plan(Naming())
    (people / "bob.PNG").unlink()
    items = {item.id: item.digests for item in digested(plan).items}
    assert items["ann_tee"]["person"] == items["ann_tee"]["garment"]
    assert items["ann_ann"]["person"] != items["ann_ann"]["garment"]
    assert items["bob_tee"]["person"] == ""


def test_a_table_takes_pose_parse_and_mask_that_lie_beside_the_photos(people: Path, tmp_path: Path) -> None:
    data = write_rendered_dataset(tmp_path / "data", 2) / "train"
    rows = (
        f"{data}/image/00000_00.jpg,{data}/cloth/00001_00.jpg\n"
        f"{people}/ann.jpg,{data}/cloth/00001_00.jpg\n{data}/image/00000_00.jpg,{people}/ann.jpg\n"
    )
    (tmp_path / "pairs.csv").write_text("person,garment\n" + rows)
    given, *others = Sources(pairs=tmp_path / "pairs.csv").plan(Naming()).items
    assert tuple(sorted(given.files)) == tuple(sorted(PREPARED))
    assert all(Path(path).is_file() for path in given.files.values())
    assert [item.is_raw for item in others] == [True, True], "half of it is of no use"
