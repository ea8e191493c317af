"""`tryon` as a script whose batches are made by makers without networks; see `tests.engine.batch.runs`."""

from functools import partial
from unittest.mock import patch

from engine.batch.processes import Processes
from engine.cli import main
from tests.engine.batch.runs import RECIPE, load_slower_dot

if __name__ == "__main__":
    quick = partial(Processes, load=load_slower_dot)
    with patch("engine.batch.processes.Processes", quick), patch("engine.batch.run.recipe_of", lambda _: RECIPE):
        main()
