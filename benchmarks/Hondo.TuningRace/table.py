#!/usr/bin/env python3
"""Optuna on the table of trainings that table.cs made: full trainings until one of the best 1 % is trained.

    python3 table.py digits-table.csv 30
"""
import sys
import warnings

import optuna

EPOCHS = 27
optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")
with open(sys.argv[1]) as file:
    table = [[int(v) for v in line.split(",")[4].split()] for line in file]
seeds = int(sys.argv[2])
good = sorted((row[-1] for row in table), reverse=True)[len(table) // 100]


def spent(sampler, pruner):
    epochs = 0
    found = False

    def objective(trial):
        nonlocal epochs, found
        place = (trial.suggest_int("p0", 0, 15) + 16 * trial.suggest_int("p1", 0, 7)
                 + 128 * trial.suggest_int("p2", 0, 3) + 512 * trial.suggest_categorical("p3", [0, 1]))
        row = table[place]
        for epoch in range(1, EPOCHS + 1):
            epochs += 1
            trial.report(row[epoch - 1], epoch)
            if epoch < EPOCHS and trial.should_prune():
                raise optuna.TrialPruned()
        if row[-1] >= good:
            found = True
            trial.study.stop()
        return row[-1]

    optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner).optimize(objective, n_trials=3000)
    return epochs


for name, sampler in (("random", optuna.samplers.RandomSampler), ("tpe", optuna.samplers.TPESampler)):
    for kind, pruner in (("none", optuna.pruners.NopPruner),
                         ("hyperband", lambda: optuna.pruners.HyperbandPruner(1, EPOCHS, 3)),
                         ("asha", lambda: optuna.pruners.SuccessiveHalvingPruner(1, 3)),
                         ("median", optuna.pruners.MedianPruner)):
        all = sorted(spent(sampler(seed=seed), pruner()) for seed in range(1, seeds + 1))
        print(f"optuna {name} {kind}: {all[seeds // 2] / EPOCHS:.1f} full trainings (median of {seeds} seeds; a quarter "
              f"{all[seeds // 4] / EPOCHS:.1f}, three quarters {all[3 * seeds // 4] / EPOCHS:.1f})", flush=True)
