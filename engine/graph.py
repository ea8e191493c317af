"""The table of a try-on's stages and of the views of them that a user sees and edits.

A stage computes one value of `engine.values` from the values of earlier stages, in the module of `engine.tryon.stages`
that is named like it. A view is one of its arrays as the window's strip shows it. A new stage is a row here, a class of
values and a module that computes it.
Nothing but the standard library is imported: the window's process reads this table too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Form = Literal["picture", "soft mask", "mask", "labels", "points", "pose"]
"""How an array is fitted to a size, saved and read: pictures and soft masks bilinear, masks and labels nearest, points
not at all, a pose with its joints."""
Draw = Literal["picture", "pose", "labels", "mask", "cut-out", "gaps", "choice"]
"""A choice is no picture: an array of a few numbers, taken from a list."""

# Frozen: every picture of a seed hangs on it. It was the number of stages when the first pictures were made.
SEED_STRIDE = 4
LARGEST_SEED = 2**32 - 1
DRAFT, DRAFT_SIZE, DRAFT_COST = "draft", (512, 384), 0.2
QUICK = ("composer",)
"""Generators that are done with a picture of four times the draft's pixels about when its draft would be there."""
PAINTERS = ("pix2pix", "cpvton", "clothflow", "acgpn")
"""Generators of other papers, for comparisons: `engine.networks.painting`."""


@dataclass(frozen=True)
class Array:
    """One output of a stage.

    name: the field of the stage's value, and its key between the processes. file: its stem in a folder of stages, ""
    is not written. space: "lip" or "segmentation", the labels that it may hold.
    """

    name: str
    form: Form
    file: str = ""
    space: str = ""


@dataclass(frozen=True)
class Noise:
    """A stage's own source of noise: its generator is seeded with seed * SEED_STRIDE + salt.

    salt: never changes, and no two stages share one; 1 and 3 are taken, further ones are multiples of 2**40, which no
    other seed meets. fixed: the seed is 0 in every picture. networks: those that draw; empty where all do.
    """

    salt: int
    fixed: bool = False
    networks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A computation.

    inputs: the values that it reads, in the order of its `run`'s arguments; none where the analysis makes it before a
    try-on. arrays: its outputs. networks: alternatives, the first that a pack has is used. optional: left out, and its
    readers get None, where a pack has none of them (the analysis of a photo is done without it). cost: its share of a
    try-on on a CPU at 1024 x 768; 0 is neither timed nor reported. options: what it reads of the options beside the
    size; "pack" is what a pack says without having a network for it. in_draft: done again at DRAFT_SIZE for the quick
    draft. spares: of the inputs, those that a caller may leave out.
    """

    name: str
    inputs: tuple[str, ...]
    arrays: tuple[Array, ...]
    networks: tuple[str, ...] = ()
    optional: bool = False
    cost: float = 0.0
    noise: Noise | None = None
    options: tuple[str, ...] = ()
    in_draft: bool = False
    spares: tuple[str, ...] = ()

    @property
    def may_lack(self) -> bool:
        """Whether a try-on can do without it."""
        return self.optional and bool(self.inputs)


@dataclass(frozen=True)
class View:
    """An array of a stage as a user sees it.

    key: what words, strip, menu and edits go by. draw: how it is painted. on: the picture below it; "itself" is a
    picture of the person that can be compared with the photo. edits: the arrays that an edit may bring, () cannot be
    edited. reads: which reader takes a user's file for it, "" takes none. said: an edit says something about a photo,
    which holds whatever else is corrected, and stays the photo's own while another is there.
    """

    key: str
    stage: str
    array: str
    draw: Draw
    on: Literal["person", "garment", "itself"] = "person"
    edits: tuple[str, ...] = ()
    reads: str = ""
    said: bool = False


STAGES = (
    Stage(
        "person",
        (),
        (Array("image", "picture", "person"), Array("pose", "pose", "pose"), Array("parse", "labels", "parse", "lip")),
        networks=("parser",),
    ),
    Stage(
        "garment",
        (),
        (Array("image", "picture", "garment"), Array("mask", "mask", "garment-mask")),
        networks=("garment",),
        optional=True,
    ),
    Stage(
        "agnostic",
        ("person",),
        (
            Array("image", "picture", "agnostic"),
            Array("parse", "labels", "agnostic-parse", "lip"),
            Array("pose_picture", "picture", "pose"),
        ),
        cost=0.03,
    ),
    Stage(
        "coat",
        ("person",),
        (Array("stays", "mask", "coat"),),
        options=("pack",),
    ),
    Stage(
        "hair",
        ("person",),
        (Array("share", "soft mask", "hair"),),
        networks=("hair",),
        optional=True,
        cost=0.02,
    ),
    Stage(
        "collar",
        ("garment",),
        (Array("mask", "mask", "collar"),),
        networks=("collar",),
        optional=True,
        cost=0.02,
    ),
    Stage(
        "parts",
        ("garment",),
        (Array("mask", "mask", "sleeves"),),
        networks=("marks",),
        optional=True,
        cost=0.01,
    ),
    Stage(
        "sleeves",
        ("garment",),
        (Array("reach", "points"),),
        networks=("sleeves",),
        optional=True,
        cost=0.005,
    ),
    Stage(
        "prewarp",
        ("agnostic", "garment", "parts", "sleeves", "person"),
        (Array("field", "points"),),
        spares=("person",),
        networks=("flow",),
        optional=True,
        cost=0.06,
    ),
    Stage(
        "segmentation",
        ("agnostic", "garment", "prewarp", "collar", "sleeves", "person", "coat"),
        (Array("labels", "labels", "segmentation", "segmentation"),),
        spares=("person", "coat"),
        networks=("segmentation",),
        cost=0.12,
        # A seed varies the picture, not the shape of the garment: for another one only the generator has to run.
        noise=Noise(1, fixed=True),
    ),
    Stage(
        "warp",
        ("agnostic", "segmentation", "garment", "collar", "parts", "sleeves", "person"),
        (
            Array("points", "points", "control-points"),
            Array("cloth", "picture", "warped-cloth"),
            Array("mask", "soft mask", "warped-mask"),
            Array("displacement", "points"),
        ),
        spares=("person",),
        networks=("flow", "matching"),
        cost=0.05,
    ),
    Stage(
        "misalignment",
        ("segmentation", "warp"),
        (Array("mask", "soft mask", "misalignment"),),
        in_draft=True,
    ),
    Stage(
        "generation",
        ("agnostic", "segmentation", "warp", "misalignment", "person", "garment"),
        (Array("picture", "picture", "generated"),),
        networks=("composer", *PAINTERS, "alias"),
        cost=0.8,
        noise=Noise(3, networks=("alias",)),
        in_draft=True,
    ),
    Stage(
        "result",
        ("person", "agnostic", "segmentation", "warp", "generation", "coat", "hair"),
        (
            Array("image", "picture", "result"),
            Array("layers", "picture", "layers"),
            Array("changed", "soft mask", "changed"),
        ),
        options=("keep_original",),
        in_draft=True,
    ),
)
"""In the order in which they are made: a stage reads only values of rows above its own."""

VIEWS = (
    View("photo", "person", "image", "picture"),
    View("pose", "person", "pose", "pose", edits=("keypoints", "hands"), reads="pose"),
    View("parse", "person", "parse", "labels", edits=("parse",), reads="labels"),
    View("agnostic", "agnostic", "image", "picture", on="itself", edits=("image",), reads="picture"),
    View("coat", "coat", "stays", "mask", edits=("stays",), reads="mask", said=True),
    View("hair", "hair", "share", "mask", edits=("share",), reads="mask"),
    View("garment_mask", "garment", "mask", "mask", on="garment", edits=("mask",), reads="mask"),
    View("collar", "collar", "mask", "mask", on="garment", edits=("mask",), reads="mask"),
    View("parts", "parts", "mask", "mask", on="garment", edits=("mask",), reads="mask"),
    View("segmentation", "segmentation", "labels", "labels", edits=("labels",), reads="labels"),
    View("warped", "warp", "cloth", "cut-out", edits=("points", "displacement", "cloth", "mask"), reads="warp"),
    View("misalignment", "misalignment", "mask", "gaps"),
    View("result", "result", "image", "picture", on="itself"),
)
"""In the order of the strip."""
SLEEVES = View("sleeves", "sleeves", "reach", "choice", on="garment", edits=("reach",), said=True)
"""How long the garment's sleeves are, which is chosen and not in the strip."""
SLEEVE_LENGTHS: Mapping[str, float] = {"none": 0.0, "short": 0.6, "elbow": 1.0, "three-quarter": 1.45, "long": 1.9}
"""What sleeves are called and how long they are then, in bones (`engine.values.Sleeves`)."""
_SAID_DOUBT = 0.05  # bones; a length that somebody says is sure, if not to a hair

TRY_ON = tuple(stage for stage in STAGES if stage.inputs)
BY_NAME: Mapping[str, Stage] = {stage.name: stage for stage in STAGES}
BY_KEY: Mapping[str, View] = {view.key: view for view in (*VIEWS, SLEEVES)}
LAST = STAGES[-1].name


def below(name: str) -> set[str]:
    """The stages that read what `name` makes, directly or not."""
    found: set[str] = set()
    for stage in STAGES:  # readers come after what they read
        if (found | {name}) & set(stage.inputs):
            found.add(stage.name)
    return found


def dropped_by(key: str) -> set[str]:
    """Edited views that no longer fit once this one is edited; what was said was made on nothing that was computed."""
    return {one for one in _edited_views(below(BY_KEY[key].stage)) if not BY_KEY[one].said}


def of_photo(name: str) -> set[str]:
    """Edited views that belong to a photo, "person" or "garment"."""
    return _edited_views(below(name) | {name})


def waiting_for(name: str) -> set[str]:
    """Those of them that wait while another photo is there: of the photo itself, and what is said about it alone."""
    said = {view.stage for view in BY_KEY.values() if view.said and BY_NAME[view.stage].inputs == (name,)}
    return _edited_views(said | {name})


def _edited_views(stages: Collection[str]) -> set[str]:
    return {view.key for view in BY_KEY.values() if view.edits and view.stage in stages}


def showing(name: str) -> str:
    """The view that is busy while a stage runs: the stage's own, else that of the next stage that has one."""
    later = STAGES[-1:] if name == DRAFT else STAGES[list(BY_NAME).index(name) :]
    return next(view.key for stage in later for view in VIEWS if view.stage == stage.name)


def sleeves_said(called: str) -> tuple[float, float]:
    """The reach of sleeves that are called so: how long, and how much that is in doubt. KeyError for another word."""
    return SLEEVE_LENGTHS[called], _SAID_DOUBT


def sleeves_called(length: float) -> str:
    """What sleeves of a length are called."""
    return min(SLEEVE_LENGTHS, key=lambda name: abs(SLEEVE_LENGTHS[name] - length))


def networks(stages: Iterable[Stage] = TRY_ON) -> tuple[str, ...]:
    """The kinds of networks that these stages can use, each once and in order."""
    return tuple(dict.fromkeys(kind for stage in stages for kind in stage.networks))


def chosen(kinds: Collection[str], stages: Iterable[Stage] = TRY_ON) -> tuple[str, ...]:
    """The networks, of these kinds, that the stages really use: of alternatives the first that there is."""
    return tuple(kind for stage in stages for kind in [one for one in stage.networks if one in kinds][:1])


def varies(kinds: Collection[str], stages: Iterable[Stage] = TRY_ON) -> bool:
    """Whether another seed gives another picture, with networks of these kinds."""
    drawing = [(one, one.noise) for one in stages if one.noise is not None and not one.noise.fixed]
    return any(not noise.networks or set(chosen(kinds, [one])) & set(noise.networks) for one, noise in drawing)


def lacking(kinds: Collection[str], stages: Iterable[Stage] = TRY_ON) -> tuple[str, ...]:
    """The kinds, one a stage, without which a pack of these kinds cannot do these stages.

    Of alternatives the last is named, the published one.
    """
    needed = (stage for stage in stages if stage.networks and not stage.optional)
    return tuple(stage.networks[-1] for stage in needed if not set(stage.networks) & set(kinds))


def present(kinds: Collection[str], stages: Iterable[Stage] = TRY_ON) -> tuple[Stage, ...]:
    """These stages but for the optional ones that no network of these kinds does; the analysis goes without."""
    return tuple(one for one in stages if not one.may_lack or set(one.networks) & set(kinds))


def drafted(kinds: Collection[str], size: tuple[int, int]) -> bool:
    """Whether these kinds of networks make a draft so much sooner than a picture of a size (height, width)."""
    quick = set(chosen(kinds, [BY_NAME["generation"]])) & set(QUICK)
    return size[0] > DRAFT_SIZE[0] * (2 if quick else 1)


def shares(names: Collection[str], draft: bool = False) -> Mapping[str, tuple[float, float]]:
    """From which share of a job to which each of these stages takes it, by name; DRAFT before the generation."""
    costs: dict[str, float] = {}
    for stage in STAGES:
        if stage.name in names and stage.cost:
            if draft and stage.in_draft and DRAFT not in costs:
                costs[DRAFT] = DRAFT_COST
            costs[stage.name] = stage.cost
    total, done = sum(costs.values()), 0.0
    found = {}
    for name, cost in costs.items():
        found[name] = (done / total, (done + cost) / total)
        done += cost
    return found
