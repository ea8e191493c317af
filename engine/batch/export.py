"""A run's pictures under other names in another folder: with a contact sheet, a table, and a list as runs have."""

import csv
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.batch.contact import write_sheet
from engine.batch.item import Item
from engine.batch.lock import locked
from engine.batch.manifest import FILE_NAME, Line, Manifest, ManifestWriter
from engine.batch.names import Naming, SheetFormat
from engine.batch.plan import checked
from engine.batch.store import FolderStore
from engine.errors import TryOnError
from engine.system.files import atomic_path

TABLE = "results.csv"


def export(
    source: Path, ids: Sequence[str], folder: Path, pattern: str = "", sheet: SheetFormat = SheetFormat.JPG
) -> None:
    """Copy the pictures of these items of the run in `source`, called as `Naming` says, and write what became of all.

    TryOnError for a pattern that cannot be used or gives two pictures one name, where `folder` holds pictures of
    others under these names, and where it cannot be written to.
    """
    found = Manifest(source)
    naming = Naming(pattern, date=found.begun)
    pairs = [(found.lines[one], _renamed(found.lines[one], naming)) for one in ids if one in found.lines]
    lines, store = [new for _, new in pairs], FolderStore(folder)
    checked([Item(line.id, line.person, line.garment, line.output, line.seed, {}) for line in lines])
    with locked(folder):
        manifest = Manifest(folder)
        if not manifest.exists and any(store.size(line.output) is not None for line in lines):
            raise TryOnError("batch.no_manifest", path=folder, file=FILE_NAME)
        try:
            with ManifestWriter(manifest) as writer:
                for old, new in pairs:
                    if new.status == "done":
                        _copy(source / old.output, folder / new.output)
                    writer.append(new)
            _write_table(folder / TABLE, lines)
        except OSError as error:
            raise TryOnError("folder.unwritable", path=folder, reason=error.strerror or error) from error
        write_sheet(folder / f"sheet.{sheet}", lines, store)


def _renamed(line: Line, naming: Naming) -> Line:
    stem = naming.stem(line.person, line.garment, line.seed)
    return replace(line, id=stem, output=stem + Path(line.output).suffix)


def _copy(source: Path, target: Path) -> None:
    with atomic_path(target) as temporary:
        shutil.copyfile(source, temporary)


def _write_table(path: Path, lines: Sequence[Line]) -> None:
    """One line a picture, for spreadsheets."""
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(
            file, ("file", "person", "garment", "seed", "status", "warnings", "error", "pack", "size")
        )
        writer.writeheader()
        for line in lines:
            writer.writerow(
                {
                    "file": line.output if line.status == "done" else "",
                    "person": line.person,
                    "garment": line.garment,
                    "seed": line.seed,
                    "status": line.status,
                    "warnings": " ".join(line.warnings),
                    "error": line.sentence,
                    "pack": line.pack,
                    "size": line.parameters.get("size", ""),
                }
            )
