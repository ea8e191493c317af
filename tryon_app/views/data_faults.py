"""The engine's sentences about data sets, photos that cannot be analysed, weight packs and runs; see `faults`."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

FAULTS = (
    # photos
    QT_TRANSLATE_NOOP(
        "Fault",
        "No person was found in the photo; choose one that shows a person from the head to the hips, "
        "or draw a box around the person.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The photo shows nothing, it is of one colour; choose a photo of a person."),
    QT_TRANSLATE_NOOP("Fault", "The pose has neck and hips in one place; correct the pose."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} has {columns} x {rows} pixels and {photo} has {width} x {height}, which is another shape "
        "(3:4, for example); give the parse of this photo.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} has {columns} x {rows} pixels, but {photo} has {width} x {height}; give the mask of this photo.",
    ),
    # data sets
    QT_TRANSLATE_NOOP("Fault", "{path} is missing; give the folder that holds train/ or test/ of a VITON-HD set."),
    QT_TRANSLATE_NOOP("Fault", "{path} is missing, though a pair names it; add the picture or remove the pair."),
    QT_TRANSLATE_NOOP("Fault", "{path} is missing; add it or leave {name} out."),
    QT_TRANSLATE_NOOP("Fault", "{path} is {width} x {height} pixels, not 3:4; crop it to 3:4."),
    QT_TRANSLATE_NOOP("Fault", "{path} is {found} pixels, {other} {wanted}; make it in that size."),
    QT_TRANSLATE_NOOP("Fault", "{path} is all background; make the parse again."),
    QT_TRANSLATE_NOOP("Fault", "{path} has no upper clothes (labels 5, 6, 7); leave this person out."),
    QT_TRANSLATE_NOOP("Fault", "The neck (label 10) in {path} is in tatters; correct it or leave it out."),
    QT_TRANSLATE_NOOP("Fault", "{path} is empty; paint the garment white on black."),
    QT_TRANSLATE_NOOP("Fault", "{path} covers the whole picture; paint everything but the garment black."),
    QT_TRANSLATE_NOOP("Fault", "{path} has a black garment on white; invert it."),
    QT_TRANSLATE_NOOP("Fault", "{path} eats holes into the garment; make the mask again."),
    QT_TRANSLATE_NOOP("Fault", "{path} leaves parts of the garment out; make the mask again."),
    QT_TRANSLATE_NOOP(
        "Fault", "{path} has joints outside of the picture of {width} x {height}; give the pose of this photo."
    ),
    QT_TRANSLATE_NOOP("Fault", "{path} shows neither a shoulder nor the neck; correct the pose."),
    QT_TRANSLATE_NOOP("Fault", "{path} lacks a shoulder, which will be estimated; correct the pose."),
    QT_TRANSLATE_NOOP("Fault", "{path} lacks both hips, which will be estimated; correct the pose."),
    QT_TRANSLATE_NOOP("Fault", "{image} and {cloth} differ in the garment's colour; leave the pair out."),
    QT_TRANSLATE_NOOP("Fault", "{path} labels other clothes as dress or coat (6, 7); correct it or leave it out."),
    QT_TRANSLATE_NOOP("Fault", "{path} has background in the middle of the body; correct it."),
    QT_TRANSLATE_NOOP("Fault", "{path} and its pose disagree about which arm is the left one; correct one of them."),
    QT_TRANSLATE_NOOP("Fault", "{path} lists {person} with {garment} twice; remove one of the lines."),
    QT_TRANSLATE_NOOP("Fault", "{path} is the same picture as {other}; leave one of them out."),
    QT_TRANSLATE_NOOP("Fault", "{path} belongs to no pair and is not used; remove it or complete the pair."),
    QT_TRANSLATE_NOOP("Fault", "{path} holds no photos (*.jpg); give a folder with image and image-parse."),
    QT_TRANSLATE_NOOP("Fault", "{path} has too few pairs to train on and to hold some back; give a larger data set."),
    QT_TRANSLATE_NOOP("Fault", "{path} has no pairs to evaluate on; check --data and --split."),
    QT_TRANSLATE_NOOP("Fault", "An unpaired evaluation needs at least two different garments; evaluate more pairs."),
    # weights
    QT_TRANSLATE_NOOP("Fault", "{path} is none of the three VITON-HD checkpoints: its tensors have other names."),
    QT_TRANSLATE_NOOP("Fault", "{path} is cut off or not a PyTorch checkpoint; download it again."),
    QT_TRANSLATE_NOOP("Fault", "{path} is empty; download it again."),
    QT_TRANSLATE_NOOP("Fault", "{path} is not there; choose the file again."),
    QT_TRANSLATE_NOOP("Fault", "{path} holds neither a weight pack ({file}) nor checkpoints (.pth)."),
    QT_TRANSLATE_NOOP("Fault", "{one} and {other} are both {kind} checkpoints; give one of them."),
    QT_TRANSLATE_NOOP("Fault", "a weight pack called {name} exists already; remove it first or choose another name."),
    QT_TRANSLATE_NOOP(
        "Fault", "the weight pack {name} has no {kind} network to begin with (it has {has}); choose another pack."
    ),
    # runs
    QT_TRANSLATE_NOOP(
        "Fault",
        "{path} could not be written, most likely because the disk is full; the last good checkpoint is kept. "
        "Free some space and resume the run.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The checkpoint {path} is damaged; resume from another copy or start the run again."),
)
