"""A pack put together from the networks of others: the one in use with a newly trained network, for example."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import TryOnError
from engine.graph import PAINTERS
from engine.weights.manifest import File, Manifest, check_name, write_manifest
from engine.weights.pack import Pack, read_pack, refuse_existing, sha256_of, whole_or_nothing


def combine(base: Pack | None, parts: Mapping[str, Pack], target: Path, name: str) -> Pack:
    """Write the pack `name` to the folder `target`: the networks of `base`, those in `parts` (by kind) instead of its
    own or beside them.

    The files are copied as they are, and their checksums compared on the way. Without `base` the pack holds the parts
    alone. TryOnError where a part lacks its kind, a file is missing or damaged, or `target` is in use.
    """
    check_name(name)
    refuse_existing(target)
    sources = {**(dict.fromkeys(base.files, base) if base else {}), **parts}
    if not sources:
        raise TryOnError("pack.of_nothing")
    for kind, pack in sources.items():
        if kind not in pack.files:
            raise TryOnError("pack.no_part", name=pack.name, kind=kind, has=", ".join(pack.files))
    with whole_or_nothing(target) as folder:
        files = {kind: _copied(pack, kind, folder) for kind, pack in sources.items()}
        write_manifest(folder, _manifest(name, base, sources, files))
    return read_pack(target)


def _copied(pack: Pack, kind: str, folder: Path) -> File:
    source, noted = pack.folder / pack.files[kind].name, pack.files[kind]
    if not source.is_file():
        raise TryOnError("pack.file_missing", path=source, name=pack.name)
    path = folder / f"{check_name(kind)}.safetensors"
    shutil.copyfile(source, path)
    if sha256_of(path) != noted.sha256:
        raise TryOnError("pack.file_changed", path=source, name=pack.name)
    return File(path.name, noted.sha256, noted.bytes)


def _manifest(name: str, base: Pack | None, sources: Mapping[str, Pack], files: Mapping[str, File]) -> Manifest:
    first = base or next(iter(sources.values()))
    generator = next((sources[kind] for kind in ("alias", *PAINTERS) if kind in sources), first)
    licences = dict.fromkeys(pack.licence for pack in (first, *sources.values()))
    return Manifest(
        name=name,
        version="1",
        licence="; ".join(licences),
        sizes=generator.sizes,  # the generator decides which pictures can be made
        configs={kind: pack.configs[kind] for kind, pack in sources.items()},
        provenance={kind: _provenance(pack, kind) for kind, pack in sources.items()},
        files=dict(files),
        refinements=first.refinements,
        category=generator.category,  # and what is put on in them
    )


def _provenance(pack: Pack, kind: str) -> Any:
    """What the pack says about this network, else about itself, with its name."""
    said = pack.provenance
    own = said.get(kind, said) if isinstance(said, Mapping) else {"source": said}
    return {"from_pack": f"{pack.name} {pack.version}", **(own if isinstance(own, Mapping) else {"source": own})}
