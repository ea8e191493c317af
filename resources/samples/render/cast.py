"""Who and what is rendered: bodies, poses, colours. Everything that makes one sample differ from another is here.

A pose is rotation vectors in degrees (x to the person's left, y to the back, z up) on top of the body's rest pose,
whose arms hang at about 45 degrees; a bone's axes turn with the bones above it. Left and right are the person's own.
"""

from dataclasses import dataclass, field

Colour = tuple[float, float, float]
Angles = dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Top:
    """One garment: where it ends, how wide it is (metres off the body), what it looks like."""

    name: str
    title: str
    sleeve: float  # part of the arm covered, 0 none to 1 wrist
    colour: Colour
    neck_depth: float = 0.045  # how far the neckline lies below the pit of the neck in front, metres
    neck_width: float = 0.075  # half width of the neckline at the shoulder
    ease: float = 0.011
    length: float = 0.0  # hem above (negative: below) the crotch, metres
    stripes: Colour | None = None
    text: str = ""
    text_colour: Colour = (0.02, 0.02, 0.02)


@dataclass(frozen=True)
class Person:
    """One person: body shape (0 to 1 each), face, hair, skin, clothes and pose."""

    name: str
    title: str
    shape: dict[str, float]
    top: Top
    skin: Colour
    lips: Colour
    hair: str  # "bob", "tied" or "short"
    hair_colour: Colour
    iris: Colour
    trousers: Colour
    brows: float = 1.0  # how thick
    face: dict[str, float] = field(default_factory=dict)
    local: dict[str, float] = field(default_factory=dict)
    pose: Angles = field(default_factory=dict)
    seed: int = 1


_CURL = {
    f"finger{finger}-{joint}.{side}": (14.0, 0.0, 0.0) for finger in range(2, 6) for joint in (1, 2) for side in "LR"
}
HANGING: Angles = {
    "upperarm01.L": (6, 28, 0),
    "upperarm01.R": (6, -28, 0),
    "lowerarm01.L": (30, 0, 0),
    "lowerarm01.R": (30, 0, 0),
    "lowerarm02.L": (-12, 16, 12),
    "lowerarm02.R": (-12, -16, -12),
    "wrist.L": (-6, 12, 9),
    "wrist.R": (-6, -12, -9),
    **_CURL,
}

WOMAN = Person(
    name="woman",
    title="Woman in a short-sleeved top",
    shape={
        "gender": 1.0,
        "age": 0.62,
        "muscle": 0.45,
        "weight": 0.42,
        "height": 0.62,
        "proportions": 0.85,
        "cupsize": 0.42,
        "firmness": 0.7,
        "african": 0.05,
        "asian": 0.15,
        "caucasian": 0.8,
    },
    top=Top(
        "", "", sleeve=0.32, colour=(0.075, 0.2, 0.24), neck_depth=0.07, neck_width=0.075, ease=0.006, length=0.035
    ),
    skin=(0.64, 0.40, 0.29),
    lips=(0.50, 0.17, 0.15),
    hair="bob",
    hair_colour=(0.014, 0.0065, 0.0035),
    iris=(0.075, 0.04, 0.017),
    trousers=(0.022, 0.024, 0.03),
    brows=0.72,
    local={"measure-shoulder-dist-incr": -0.45},
    face={"mouthSmileLeft": 0.32, "mouthSmileRight": 0.28, "eyeSquintLeft": 0.1, "eyeSquintRight": 0.1},
    pose=HANGING | {"head": (5, 2, 4), "lowerarm01.L": (26, 0, 0), "spine03": (0, 1, 0)},
    seed=3,
)

MAN = Person(
    name="man",
    title="Man in a t-shirt",
    shape={
        "gender": 0.0,
        "age": 0.64,
        "muscle": 0.58,
        "weight": 0.45,
        "height": 0.6,
        "proportions": 0.8,
        "cupsize": 0.5,
        "firmness": 0.5,
        "african": 0.65,
        "asian": 0.05,
        "caucasian": 0.3,
    },
    top=Top(
        "", "", sleeve=0.38, colour=(0.55, 0.54, 0.52), neck_depth=0.035, neck_width=0.073, ease=0.011, length=0.03
    ),
    skin=(0.17, 0.075, 0.042),
    lips=(0.19, 0.075, 0.06),
    hair="short",
    hair_colour=(0.0035, 0.0026, 0.0022),
    iris=(0.05, 0.025, 0.012),
    trousers=(0.03, 0.045, 0.085),
    face={"mouthSmileLeft": 0.22, "mouthSmileRight": 0.25},
    pose=HANGING | {"head": (4, -2, -4), "lowerarm01.R": (20, 0, 0)},
    seed=5,
)

PEOPLE = (WOMAN, MAN)

TOPS = (
    Top("tee", "Plain short-sleeved t-shirt", sleeve=0.36, colour=(0.48, 0.10, 0.075)),
    Top(
        "striped",
        "Striped long-sleeved top",
        sleeve=0.97,
        colour=(0.80, 0.78, 0.74),
        stripes=(0.022, 0.033, 0.09),
        neck_width=0.082,
        neck_depth=0.04,
    ),
    Top(
        "tank",
        "Sleeveless top",
        sleeve=0.0,
        colour=(0.42, 0.30, 0.07),
        neck_depth=0.085,
        neck_width=0.085,
        length=0.045,
    ),
    Top("printed", "T-shirt with a printed text", sleeve=0.38, colour=(0.80, 0.80, 0.79), text="STUDIO\nNo. 7"),
)
