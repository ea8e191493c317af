"""samples.json: the list of samples that a program shows, in the order of cast.py."""

import json
from pathlib import Path

from resources.samples.render.cast import PEOPLE, TOPS


def write(folder: Path) -> None:
    """List every sample whose files exist in `folder`; paths are relative to it."""
    people = [
        {
            "name": person.name,
            "title": person.title,
            "kind": "person",
            "file": f"people/{person.name}.jpg",
            "parse": f"people/{person.name}_parse.png",
            "pose": f"people/{person.name}_keypoints.json",
        }
        for person in PEOPLE
    ]
    garments = [
        {
            "name": top.name,
            "title": top.title,
            "kind": "garment",
            "file": f"garments/{top.name}.jpg",
            "mask": f"garments/{top.name}_mask.png",
        }
        for top in TOPS
    ]
    there = [entry for entry in people + garments if (folder / entry["file"]).exists()]
    (folder / "samples.json").write_text(json.dumps(there, indent=2) + "\n", encoding="utf-8")
