"""Which samples train and which are held out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

VALIDATION = 500


@dataclass(frozen=True)
class Split:
    """Names for training and for validation, sorted; no picture is in both."""

    train: tuple[str, ...]
    validation: tuple[str, ...]


def split_names(
    names: Sequence[str],
    validation: int = VALIDATION,
    digests: Mapping[str, str] | None = None,
    clean: Collection[str] | None = None,
) -> Split:
    """Hold out the last `validation` of the sorted names, at most a fifth of all, and train on the rest.

    With `digests` (see `VitonDataset.digests`) a picture that also occurs in the validation split under another name is
    not trained on, and one that occurs several times is trained on once: half of the VITON training set are such twins.
    With `clean` (see `Report`) only those names are trained on, while the validation split stays the same.
    """
    ordered = sorted(set(names))
    first = len(ordered) - min(validation, len(ordered) // 5)
    held_out = tuple(ordered[first:])
    taken = {digests[name] for name in held_out} if digests else set()
    train = []
    for name in ordered[:first]:
        twin = digests is not None and digests[name] in taken
        if twin or (clean is not None and name not in clean):
            continue
        train.append(name)
        if digests:
            taken.add(digests[name])
    return Split(tuple(train), held_out)
