"""From names on the command line, of packs and of training runs, to one new pack."""

import tempfile
from pathlib import Path

from engine.errors import TryOnError
from engine.weights import Pack, find_pack, find_packs, read_pack, weights_folder
from engine.weights.combine import combine


def combined(base: str, parts: list[str], name: str, best: bool = False) -> Pack:
    """The installed pack `name`: that of `base` ("" for none) with the networks of `parts` in their places.

    A part is a pack's name or folder, or the folder of a run, of which its averaged weights are taken: the last ones,
    or those of the `best` validation. TryOnError where one is neither or the name is taken.
    """
    if any(pack.name == name for pack in find_packs()):
        raise TryOnError("pack.name_taken", name=name)
    with tempfile.TemporaryDirectory(prefix="tryon-combine-") as temporary:
        chosen: dict[str, Pack] = {}
        for number, part in enumerate(parts):
            pack = _pack_of(part, Path(temporary) / str(number), best)
            chosen |= dict.fromkeys(pack.files, pack)
        return combine(find_pack(base) if base else None, chosen, weights_folder() / name, name)


def _pack_of(part: str, scratch: Path, best: bool) -> Pack:
    from engine.training import run_folder
    from engine.training.export import export_run

    folder = Path(part).expanduser()
    if (folder / run_folder.OPTIONS).is_file():
        return read_pack(export_run(folder, best, scratch))
    return find_pack(part)
