"""What a run of the benchmarks measures, and how often."""

from dataclasses import dataclass
from pathlib import Path

Size = tuple[int, int]  # height, width

PUBLISHED = 64
DEFAULT_PACK = 24  # a width like the default pack's


@dataclass(frozen=True)
class Plan:
    """The defaults take an hour on two cores, most of it for the dense form of the largest picture."""

    folder: Path = Path("out/bench")
    widths: tuple[int, ...] = (PUBLISHED, DEFAULT_PACK)
    sizes: tuple[Size, ...] = ((512, 384), (1024, 768), (2048, 1536))
    quiet_sizes: tuple[Size, ...] = ((1024, 768),)  # measured without noise too
    runs: int = 5
    dense_runs: int = 5
    # the nearest to 3:4 that the generator takes, 0.2 to 3 megapixels
    growing: tuple[Size, ...] = (
        *((512, 384), (640, 512), (896, 640), (1024, 768)),
        *((1280, 1024), (1536, 1152), (1792, 1280), (2048, 1536)),
    )
    growing_tryon: tuple[Size, ...] = ((512, 384), (1024, 768), (2048, 1536), (4096, 3072))
    batches: tuple[int, ...] = (1, 2, 4)
    blobs: tuple[int, ...] = (0, 30, 100, 300, 1000, 3000, 10000)
    one_size: Size = (1024, 768)  # where one has to do
    training_size: Size = (512, 384)
    recipes: tuple[tuple[str, str], ...] = (  # and their presets
        *(("segmentation", "small"), ("matching", "small"), ("alias", "quick"), ("alias", "small")),
        *(("parser", "small"), ("garment", "small")),
    )
    training_precisions: tuple[str, ...] = ("32-true", "bf16-mixed")
    tryon_size: Size = (1024, 768)
    results: int = 200  # in the project that is opened
    cuda_runs: int = 50


QUICK = Plan(
    training_precisions=("bf16-mixed",),
    sizes=((512, 384), (1024, 768)),
    quiet_sizes=(),
    dense_runs=3,
    growing=((512, 384), (896, 640), (1024, 768), (1536, 1152)),
    growing_tryon=((512, 384), (1024, 768)),
    batches=(1, 2),
    blobs=(0, 100, 1000, 10000),
    cuda_runs=10,
)


def shown(size: Size) -> str:
    """Width x height, as `tryon --size` takes it."""
    return f"{size[1]}x{size[0]}"
