"""Words for numbers: losses, validation and evaluation results, which the engine names in English."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tryon_app.views.words.names import part_name

_ACRONYMS = {"iou": "IoU", "l1": "L1", "ssim": "SSIM", "lpips": "LPIPS", "pck": "PCK", "fid": "FID", "kid": "KID"}
_ACRONYMS |= {"frechet": "Fréchet distance"}
# "studio: IoU, left arm", "warp IoU (true region)": a group, a number, a part or variant; each has its own words.
_NAME = re.compile(r"(?:(?P<group>\w+): )?(?P<base>[^(]+?)(?: \((?P<variant>.*)\))?")
_WORST = re.compile(r"the (\d+) worst")
_WORDS = (  # those of the recipes are in `train_words`
    # evaluation
    QT_TRANSLATE_NOOP("Number", "warp L1"),
    QT_TRANSLATE_NOOP("Number", "warp IoU"),
    QT_TRANSLATE_NOOP("Number", "colour"),
    QT_TRANSLATE_NOOP("Number", "accuracy"),
    QT_TRANSLATE_NOOP("Number", "agreement"),
    QT_TRANSLATE_NOOP("Number", "seconds"),
    QT_TRANSLATE_NOOP("Number", "seconds of a core"),
    QT_TRANSLATE_NOOP("Number", "Fréchet distance"),
    QT_TRANSLATE_NOOP("Number", "warned"),
    QT_TRANSLATE_NOOP("Number", "all others"),
    QT_TRANSLATE_NOOP("Number", "pasted"),
    QT_TRANSLATE_NOOP("Number", "pasted, without refinements"),
    QT_TRANSLATE_NOOP("Number", "generator alone"),
    QT_TRANSLATE_NOOP("Number", "baseline: flat colours"),
    QT_TRANSLATE_NOOP("Number", "predicted region"),
    QT_TRANSLATE_NOOP("Number", "true region"),
    QT_TRANSLATE_NOOP("Number", "predicted region, off the head"),
    QT_TRANSLATE_NOOP("Number", "true region, off the head"),
    QT_TRANSLATE_NOOP("Number", "unpaired"),
    QT_TRANSLATE_NOOP("Number", "paired, against the worn garment"),
    QT_TRANSLATE_NOOP("Number", "unpaired, against the product photo"),
    QT_TRANSLATE_NOOP("Number", "features of our matching network's encoder, unpaired"),
    QT_TRANSLATE_NOOP("Number", "FID, unpaired"),
    # groups of the analysis, and the stages in which it is measured
    QT_TRANSLATE_NOOP("Number", "studio"),
    QT_TRANSLATE_NOOP("Number", "street"),
    QT_TRANSLATE_NOOP("Number", "flip"),
    QT_TRANSLATE_NOOP("Number", "garment"),
    QT_TRANSLATE_NOOP("Number", "time"),
    QT_TRANSLATE_NOOP("Number", "studio photos"),
    QT_TRANSLATE_NOOP("Number", "street photos"),
    QT_TRANSLATE_NOOP("Number", "mirrored photos"),
    QT_TRANSLATE_NOOP("Number", "garments"),
)


def number_name(name: str) -> str:
    """A loss or a measured number as people write it: "mask_iou" is "mask IoU" or what the language has for it."""
    found = _NAME.fullmatch(name)
    if found is None:
        return _word(name)
    base, comma, part = found["base"].partition(", ")
    text = _word(base) + (f", {_part(part)}" if comma else "")
    text = f"{_word(found['group'])}: {text}" if found["group"] else text
    return f"{text} ({_part(found['variant'])})" if found["variant"] else text


def stage_name(stage: str) -> str:
    """What an evaluation is busy with."""
    return _word(stage)


def _word(name: str) -> str:
    english = " ".join(_ACRONYMS.get(word, word) for word in name.replace("_", " ").split(" "))
    return QCoreApplication.translate("Number", english)


def _part(name: str) -> str:
    """A variant, a label or a joint."""
    worst = _WORST.fullmatch(name)
    if worst is not None:
        return QCoreApplication.translate("Number", "the {count} worst").format(count=worst[1])
    word = _word(name)
    return word if word != name else part_name(name)
