"""The people and garments that ship: all there, as the engine reads them, and labelled truly."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.commands.run import read_garment, read_person
from engine.labels import LIP, Lip
from engine.pose.skeleton import Joint

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
ENTRIES: list[dict[str, Any]] = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))
PEOPLE = [entry for entry in ENTRIES if entry["kind"] == "person"]
GARMENTS = [entry for entry in ENTRIES if entry["kind"] == "garment"]
SHIPPED_BYTES = 4_000_000
ON_SKIN_OR_CLOTH = (
    *(Joint.NOSE, Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER, Joint.RIGHT_ELBOW, Joint.LEFT_ELBOW),
    *(Joint.RIGHT_WRIST, Joint.LEFT_WRIST, Joint.MID_HIP, Joint.RIGHT_HIP, Joint.LEFT_HIP),
)


def name(entry: dict[str, Any]) -> str:
    return entry["name"]


def test_enough_to_try() -> None:
    assert len(PEOPLE) >= 2
    assert len(GARMENTS) >= 4
    assert len({entry["name"] for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry["title"] for entry in ENTRIES)


def test_every_file_is_listed_there_and_together_small() -> None:
    listed = {SAMPLES / entry[key] for entry in ENTRIES for key in ("file", "parse", "pose", "mask") if key in entry}
    stored = {path for kind in ("people", "garments") for path in (SAMPLES / kind).iterdir()}
    assert listed == stored
    assert sum(path.stat().st_size for path in stored) < SHIPPED_BYTES


@pytest.mark.parametrize("entry", PEOPLE, ids=name)
def test_a_person_is_read_and_labelled(entry: dict[str, Any]) -> None:
    person = read_person(SAMPLES / entry["file"], SAMPLES / entry["pose"], SAMPLES / entry["parse"])
    assert person.image.shape == (1024, 768, 3)
    assert person.parse.shape == (1024, 768)
    assert person.parse.max() < len(LIP)
    share = {label: float((person.parse == label).mean()) for label in Lip}
    assert share[Lip.UPPER] > 0.1
    assert min(share[label] for label in (Lip.HAIR, Lip.FACE, Lip.NECK, Lip.LEFT_ARM, Lip.RIGHT_ARM)) > 0.004
    assert share[Lip.PANTS] > 0.02


@pytest.mark.parametrize("entry", PEOPLE, ids=name)
def test_arms_are_on_their_own_sides(entry: dict[str, Any]) -> None:
    person = read_person(SAMPLES / entry["file"], SAMPLES / entry["pose"], SAMPLES / entry["parse"])
    left, right = (np.argwhere(person.parse == arm)[:, 1] for arm in (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    assert left.min() > right.max()  # people face us: their left is at our right
    points = person.pose.keypoints
    for wrist, arm in ((Joint.LEFT_WRIST, Lip.LEFT_ARM), (Joint.RIGHT_WRIST, Lip.RIGHT_ARM)):
        x, y = points[wrist, :2].round().astype(int)
        assert person.parse[y, x] in (arm, Lip.UPPER)


@pytest.mark.parametrize("entry", PEOPLE, ids=name)
def test_joints_lie_on_the_body(entry: dict[str, Any]) -> None:
    person = read_person(SAMPLES / entry["file"], SAMPLES / entry["pose"], SAMPLES / entry["parse"])
    points = person.pose.keypoints
    for joint in ON_SKIN_OR_CLOTH:
        assert points[joint, 2] > 0, joint.name
        x, y = points[joint, :2].round().astype(int)
        assert person.parse[y, x] != Lip.BACKGROUND, joint.name
    x, y = points[Joint.NOSE, :2].round().astype(int)
    assert person.parse[y, x] == Lip.FACE


@pytest.mark.parametrize("entry", GARMENTS, ids=name)
def test_a_garment_is_read_on_white(entry: dict[str, Any]) -> None:
    garment = read_garment(SAMPLES / entry["file"], SAMPLES / entry["mask"])
    assert garment.image.shape == (1024, 768, 3)
    assert set(np.unique(garment.mask)) == {0, 255}
    assert 0.15 < (garment.mask == 255).mean() < 0.8
    assert garment.image[garment.mask == 0].mean() > 250
    edge = np.concatenate([garment.mask[0], garment.mask[-1], garment.mask[:, 0], garment.mask[:, -1]])
    assert not edge.any()
