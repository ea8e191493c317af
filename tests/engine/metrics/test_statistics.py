"""Intervals and tests against numbers that are known."""

import math

import numpy as np
import pytest
from scipy import stats

from engine.metrics.statistics import bootstrap_interval, holm, paired_test


def test_the_interval_is_that_of_the_mean() -> None:
    values = np.random.default_rng(1).normal(3, 2, 400)
    low, high = bootstrap_interval(list(values))
    half = 1.96 * values.std() / math.sqrt(len(values))
    assert low == pytest.approx(values.mean() - half, abs=0.03)
    assert high == pytest.approx(values.mean() + half, abs=0.03)
    assert bootstrap_interval([1.0, math.nan, 1.0]) == (1.0, 1.0)
    assert math.isnan(bootstrap_interval([2.0])[0])


def test_a_few_pairs_are_tested_exactly() -> None:
    assert paired_test([1, 2, 3], [0, 0, 0]) == 2 / 8  # all have one sign: 2 of 2^3
    assert paired_test([1, -1], [0, 0]) == 1
    assert math.isnan(paired_test([math.nan], [0]))
    random = np.random.default_rng(0)
    a, b = random.normal(0.4, 1, 11), random.normal(0, 1, 11)
    other = stats.permutation_test((a, b), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf)
    assert paired_test(list(a), list(b)) == pytest.approx(other.pvalue, abs=1e-9)


def test_many_pairs_are_drawn() -> None:
    random = np.random.default_rng(2)
    noise = random.normal(0, 1, 200)
    assert paired_test(list(noise + 1), list(np.zeros(200)), draws=999) == 1 / 1000
    p = paired_test(list(noise), list(np.zeros(200)))
    assert p == pytest.approx(stats.ttest_1samp(noise, 0).pvalue, abs=0.03)


def test_holm_is_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1, 1]
    corrected = holm([0.02, math.nan])
    assert corrected[0] == 0.02
    assert math.isnan(corrected[1])
