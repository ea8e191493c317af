"""What the window has to know of the engine before it can show anything: names, colours, packs."""

from pathlib import Path
from typing import TYPE_CHECKING

from tryon_app.workers.answers import PackInfo, PackList, Vocabulary
from tryon_app.workers.context import TaskContext
from tryon_app.workers.requests import ListPacks, ReadVocabulary

if TYPE_CHECKING:
    from engine.weights import Pack


def vocabulary(_: ReadVocabulary, __: TaskContext) -> Vocabulary:
    """The label spaces, the joints and the bones between them, and the engine's version."""
    from engine import __version__
    from engine.labels import ALIAS, LIP, SEGMENTATION
    from engine.pose.skeleton import JOINT_NAMES, LIMBS

    spaces = (LIP, SEGMENTATION, ALIAS)
    names, colours = ({one.key: getattr(one, what) for one in spaces} for what in ("names", "colours"))
    return Vocabulary(__version__, names, colours, JOINT_NAMES, LIMBS)


def list_packs(asked: ListPacks, _: TaskContext) -> PackList:
    """Every pack that can be read, and the folders of those that cannot with the reason."""
    from engine.weights import find_broken, find_packs, is_shipped, read_pack

    found = [describe(pack, is_shipped(pack)) for pack in find_packs()]
    if asked.also and asked.also not in [pack.folder for pack in found] and Path(asked.also).is_dir():
        found.append(describe(read_pack(asked.also)))
    return PackList(tuple(found), {str(folder): str(error) for folder, error in find_broken().items()})


def describe(pack: "Pack", shipped: bool = False) -> PackInfo:
    """What the window shows of a pack."""
    from engine.labels import LIP, SEGMENTATION

    garment = {LIP.key: int(pack.category.worn[0]), SEGMENTATION.key: int(pack.category.garment)}
    return PackInfo(
        pack.name,
        pack.version,
        pack.licence,
        str(pack.folder),
        tuple(pack.configs),
        pack.bytes,
        tuple(pack.sizes),
        shipped,
        garment,
    )
