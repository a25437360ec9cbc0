"""Regret of Optuna's samplers on three test functions, for experiments/records/search-regret.md.

    python -m venv venv && venv/bin/pip install optuna cmaes scipy torch
    OMP_NUM_THREADS=1 venv/bin/python experiments/python/optuna_regret.py experiments/records/search-regret-optuna.json

Runs 100 studies of 60 trials for each sampler and function, one seed a study, each sampler with its own defaults, and
writes the regret (best value minus known minimum) after all trials of each study. What the file holds already is not run
again, so a run that was cut off goes on; --samplers and --seeds run a part.
"""

import argparse
import json
import math
import os
import platform
import warnings

import optuna

TRIALS = 60


def branin(x):
    x1, x2 = x
    b, c, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    return (x2 - b * x1**2 + c * x1 - 6) ** 2 + 10 * (1 - t) * math.cos(x1) + 10


HARTMANN_ALPHA = [1.0, 1.2, 3.0, 3.2]
HARTMANN_A = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
HARTMANN_P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann6(x):
    total = 0.0
    for alpha, a, p in zip(HARTMANN_ALPHA, HARTMANN_A, HARTMANN_P):
        total += alpha * math.exp(-sum(a[j] * (x[j] - p[j]) ** 2 for j in range(6)))
    return -total


def rosenbrock4(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


# name: function, bounds of each coordinate, minimum
FUNCTIONS = {
    "branin": (branin, [(-5.0, 10.0), (0.0, 15.0)], 0.39788735772973816),
    "hartmann6": (hartmann6, [(0.0, 1.0)] * 6, -3.322368011415515),
    "rosenbrock4": (rosenbrock4, [(-5.0, 10.0)] * 4, 0.0),
}

SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "qmc": lambda seed: optuna.samplers.QMCSampler(seed=seed, scramble=True),
}


def regret(sampler, function, seed):
    evaluate, bounds, minimum = FUNCTIONS[function]
    study = optuna.create_study(sampler=SAMPLERS[sampler](seed))
    study.optimize(
        lambda trial: evaluate([trial.suggest_float(f"x{i}", lo, hi) for i, (lo, hi) in enumerate(bounds)]),
        n_trials=TRIALS,
    )
    return study.best_value - minimum


def versions():
    found = {"python": platform.python_version()}
    for name in ["optuna", "cmaes", "scipy", "torch", "numpy"]:
        try:
            found[name] = __import__(name).__version__
        except ImportError:
            pass
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--samplers", default="random,tpe,qmc,cmaes,gp")
    arguments.add_argument("--seeds", type=int, default=100)
    given = arguments.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore")

    record = {"trials": TRIALS, "versions": versions(), "regret": {}}
    if os.path.exists(given.file):
        with open(given.file, encoding="utf-8") as file:
            record["regret"] = json.load(file)["regret"]
    for seed in range(given.seeds):
        for sampler in given.samplers.split(","):
            for function in FUNCTIONS:
                regrets = record["regret"].setdefault(sampler, {}).setdefault(function, [])
                if len(regrets) == seed:
                    regrets.append(regret(sampler, function, seed))
        with open(given.file + ".new", "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
            file.write("\n")
        os.replace(given.file + ".new", given.file)


if __name__ == "__main__":
    main()
