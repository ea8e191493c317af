"""Raw photos as people and garments, each analysed once: kept by content in a folder that all processes share.

A photo that shows nobody, or no garment, is remembered as that. A file that cannot be read is made again.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from filelock import FileLock

from engine.analysis.common.doubt import doubt
from engine.analysis.common.estimators import GarmentEstimator, PersonEstimator
from engine.analysis.garment.cut_out import AnalysedGarment
from engine.analysis.person.analyse import AnalysedPerson
from engine.analysis.photo_files import find_garment, find_person
from engine.category import UPPER, Category
from engine.category.table import CATEGORIES
from engine.errors import TryOnError
from engine.imaging.framing import Framed
from engine.messages import fault_from
from engine.pose import Pose
from engine.system.files import atomic_path
from engine.system.naming import naming

FOLDER = ".analysed"
_FORMAT = 1  # raise it when what is found, or how it is kept, changes
_LASTING = "photo."  # errors about what a photo shows; others may be gone next time
_Found = TypeVar("_Found", AnalysedPerson, AnalysedGarment)
_Kept = dict[str, Any]


class Photos:
    """Finds people and garments with two networks (each may be None as in `photo_files`), or where they were found."""

    def __init__(
        self,
        folder: Path,
        pack_digest: str,
        people: PersonEstimator | None,
        garments: GarmentEstimator | None,
        category: Category = UPPER,
    ) -> None:
        self._folder, self._pack = folder / FOLDER, pack_digest
        self._people, self._garments, self._category = people, garments, category

    def person(self, path: Path, digest: str) -> AnalysedPerson:
        """The person in a photo whose content has this digest. Errors are those of `find_person`, with the path."""
        return self._once("person", path, digest, self._find_person, _person_kept, _person_again)

    def garment(self, path: Path, digest: str) -> AnalysedGarment:
        """The garment in a photo. Errors are those of `find_garment`, with the path."""
        return self._once("garment", path, digest, self._find_garment, _garment_kept, _garment_again)

    def _find_person(self, path: Path) -> AnalysedPerson:
        if self._people is None:
            raise TryOnError("batch.no_parser")
        return find_person(path, self._people, category=self._category)

    def _find_garment(self, path: Path) -> AnalysedGarment:
        return find_garment(path, self._garments, self._people)

    def _once(
        self,
        kind: str,
        path: Path,
        digest: str,
        find: Callable[[Path], _Found],
        keep: Callable[[_Found], _Kept],
        again: Callable[[Any], _Found],
    ) -> _Found:
        key = hashlib.blake2b(f"{_FORMAT} {kind} {digest} {self._pack} {self._category.key}".encode(), digest_size=16)
        kept = self._folder / f"{key.hexdigest()}.npz"
        with naming(path):
            if not digest:
                return find(path)
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(kept.with_suffix(".lock")):
                arrays = _read(kept)
                if arrays is not None:
                    return again(arrays)
                try:
                    found = find(path)
                except TryOnError as error:
                    if error.code.startswith(_LASTING):
                        _write(kept, {"error": _text(error.to_json())})
                    raise
                _write(kept, keep(found))
                return found


def _read(path: Path) -> _Kept | None:
    """What is kept in a file, None where that is nothing. The TryOnError that is kept there."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if "error" in arrays:
            kept = fault_from(json.loads(str(arrays["error"])))
            code = kept.code
            error = TryOnError(code, **kept.values)
        else:
            return arrays
    except Exception:  # a damaged archive fails in as many ways as there are parsers below it
        return None
    raise error


def _write(path: Path, arrays: _Kept) -> None:
    """A full disk costs the analysis' being kept, not the try-on, which has a sentence of its own."""
    try:
        with atomic_path(path) as temporary:
            np.savez_compressed(temporary, **arrays)
    except OSError:
        return


def _text(content: object) -> Any:
    return np.array(json.dumps(content))


def _framed_kept(framed: Framed) -> dict[str, Any]:
    return {"box": framed.box, "photo_size": framed.photo_size}


def _framed_again(image: Any, kept: Any) -> Framed:
    return Framed(image, tuple(kept["box"]), tuple(kept["photo_size"]))


def _person_kept(person: AnalysedPerson) -> _Kept:
    facts = {
        "framed": _framed_kept(person.framed),
        "size": person.pose.size,
        "boxes": person.boxes,
        "chosen": person.chosen,
        "estimated": sorted(person.estimated),
        "pose_estimated": sorted(person.pose.estimated),
        "warnings": [one.code for one in person.warnings],
        "confidence": person.confidence,
        "category": person.category.key,
    }
    hands = {f"hand_{side}": hand for side, hand in enumerate(person.pose.hands) if hand is not None}
    drawn = {} if person.pose_picture is None else {"pose_picture": person.pose_picture}
    arrays = {"image": person.image, "parse": person.parse, "keypoints": person.pose.keypoints}
    return {**arrays, **hands, **drawn, "facts": _text(facts)}


def _person_again(arrays: _Kept) -> AnalysedPerson:
    facts = json.loads(str(arrays["facts"]))
    hands = (arrays.get("hand_0"), arrays.get("hand_1"))
    pose = Pose(arrays["keypoints"], tuple(facts["size"]), frozenset(facts["pose_estimated"]), hands)
    return AnalysedPerson(
        arrays["image"],
        pose,
        arrays["parse"],
        arrays.get("pose_picture"),
        framed=_framed_again(arrays["image"], facts["framed"]),
        boxes=tuple(map(tuple, facts["boxes"])),
        chosen=facts["chosen"],
        estimated=frozenset(facts["estimated"]),
        warnings=tuple(map(doubt, facts["warnings"])),
        confidence=facts["confidence"],
        category=CATEGORIES[facts["category"]],
    )


def _garment_kept(garment: AnalysedGarment) -> _Kept:
    facts = {
        "framed": _framed_kept(garment.framed),
        "plain": bool(garment.plain),
        "warnings": [one.code for one in garment.warnings],
        "boxes": garment.boxes,
        "chosen": garment.chosen,
    }
    return {"image": garment.image, "mask": garment.mask, "facts": _text(facts)}


def _garment_again(arrays: _Kept) -> AnalysedGarment:
    facts = json.loads(str(arrays["facts"]))
    return AnalysedGarment(
        arrays["image"],
        arrays["mask"],
        framed=_framed_again(arrays["image"], facts["framed"]),
        plain=facts["plain"],
        warnings=tuple(map(doubt, facts["warnings"])),
        boxes=tuple(map(tuple, facts["boxes"])),
        chosen=facts["chosen"],
    )
