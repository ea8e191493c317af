"""Peak memory of one picture of the ALIAS generator, each in a process of its own.

What importing torch takes is left out; the network's weights are in.
"""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.cases import FORMS
from tests.benchmarks.child import GIB, in_child
from tests.benchmarks.plan import Plan, shown

TITLE = "Peak memory of one picture of the ALIAS generator, fp32"


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row a width and size."""
    for channels in plan.widths:
        for size in plan.sizes:
            found = {form: in_child("picture", form=form, channels=channels, size=size) for form in FORMS}
            held = {form: one["peak"] - one["imported"] for form, one in found.items()}
            yield {
                "case": f"width {channels}, {shown(size)}",
                "channels": channels,
                "size": list(size),
                "dense_bytes": held["dense"],
                "table_bytes": held["table"],
                "loaded_bytes": found["table"]["loaded"] - found["table"]["imported"],
                "torch_bytes": found["table"]["imported"],
                "share": held["table"] / held["dense"],
            }


def table(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What to print."""
    return [
        {
            "width": str(row["channels"]),
            "picture": shown(row["size"]),
            "dense": f"{row['dense_bytes'] / GIB:.2f} GiB",
            "table": f"{row['table_bytes'] / GIB:.2f} GiB",
            "table / dense": f"{row['share']:.2f}",
            "after loading": f"{row['loaded_bytes'] / GIB:.2f} GiB",
        }
        for row in rows
    ]
