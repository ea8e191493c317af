"""Weight packs: find, verify, load strictly, write, import published checkpoints. Does not import torch by itself.

Imports networks, category, graph and system.
"""

from engine.weights.manifest import File
from engine.weights.pack import Pack, read_pack, write_pack
from engine.weights.published import import_published
from engine.weights.store import find_broken, find_pack, find_packs, is_shipped, remove_pack, weights_folder

__all__ = [
    "File",
    "Pack",
    "find_broken",
    "find_pack",
    "find_packs",
    "import_published",
    "is_shipped",
    "read_pack",
    "remove_pack",
    "weights_folder",
    "write_pack",
]
