"""What an experiment measures, with the protocol that is printed beside every number."""

from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Measure:
    """title: over its column. protocol: one sentence; {size} is where pictures are compared. whole: of all pairs at
    once, without an interval; else a mean over pairs."""

    title: str
    better: Better
    protocol: str
    whole: bool = False


MEASURES: dict[str, Measure] = {
    "ssim": Measure(
        "SSIM", "higher", "paired; SSIM in colour, Gaussian window 11 (sigma 1.5), against the photo, at {size} pixels"
    ),
    "lpips": Measure("LPIPS", "lower", "paired; {lpips}, against the photo, at {size} pixels"),
    "l1": Measure("L1", "lower", "paired; mean absolute difference (0 to 1) to the photo, at {size} pixels"),
    "l1_clothes": Measure(
        "L1 clothes", "lower", "paired; the same within the true region of the garment, at {size} pixels"
    ),
    "l1_misaligned": Measure(
        "L1 misaligned",
        "lower",
        "paired; the same where the true region of the garment is not covered by the garment as {reference} laid it, "
        "at {size} pixels; pairs with fewer than 20 such pixels are left out",
    ),
    "iou": Measure(
        "Mask IoU",
        "higher",
        "paired; predicted against true region of the garment, at {size} pixels; methods with the same segmentation "
        "have the same, and those that paint without a parse are given theirs all the same",
    ),
    "colour": Measure(
        "Colour",
        "lower",
        "paired; CIEDE2000 of the median colours within the true region of the garment, plain garments only, at "
        "{size} pixels",
    ),
    "leak": Measure(
        "Leak",
        "lower",
        "unpaired; IoU of the predicted region of the new garment with that of the old one: how far the old shape "
        "shows through",
    ),
    "frechet": Measure(
        "Fréchet",
        "lower",
        "unpaired; Fréchet distance of feature statistics of results and photos, {features}; no FID unless the "
        "features are Inception's; small numbers of pairs make it larger than it is",
        whole=True,
    ),
    "kid": Measure(
        "Kernel distance",
        "lower",
        "unpaired; 1000 x kernel distance (Binkowski et al., 2018) of results and photos, {features}; no KID unless "
        "the features are Inception's",
        whole=True,
    ),
}
