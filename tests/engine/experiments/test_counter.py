"""How far an experiment is, on a clock of the test's own."""

from engine.experiments.counter import Counter


def test_what_was_done_before_counts_as_done_but_not_for_the_time() -> None:
    told, now = list[dict[str, object]](), [0.0]
    counter = Counter(told.append, pieces=4, clock=lambda: now[0])
    counter.finish()
    counter.reach("flow", "training", 10, 20)
    assert told == [{"event": "progress", "name": "flow", "doing": "training", "done": 10, "total": 20, "share": 0.375}]
    now[0] = 0.5
    counter.reach("flow", "training", 11, 20)
    assert len(told) == 1, "no more than once a second"
    now[0] = 10.0
    counter.reach("flow", "training", 20, 20)
    assert (told[-1]["share"], told[-1]["seconds_left"]) == (0.5, 40.0)
    counter.finish()
    counter.finish()
    counter.finish()
    now[0] = 20.0
    counter.reach("flow", "measuring", 5, 5)
    assert (told[-1]["share"], told[-1]["seconds_left"]) == (1.0, 0.0)
