#!/usr/bin/env python3
"""The 24 noiseless functions of BBOB (Hansen et al. 2009, INRIA RR-6829), written from their formulas, and Optuna on them.

    python3 bbob.py problems FILE         writes the instances: optimum, rotations, peaks, and values to check by
    python3 bbob.py race FILE OUT SEEDS   races Optuna's samplers, 100 trials each; OUT grows by a line a study
"""
import json
import math
import os
import random
import sys

D = 5


def osz(x):
    if x == 0:
        return 0.0
    h = math.log(abs(x))
    a, b = (10, 7.9) if x > 0 else (5.5, 3.1)
    return math.copysign(math.exp(h + 0.049 * (math.sin(a * h) + math.sin(b * h))), x)


def asy(beta, x):
    return [v ** (1 + beta * i / (D - 1) * math.sqrt(v)) if v > 0 else v for i, v in enumerate(x)]


def lam(alpha, x):
    return [alpha ** (0.5 * i / (D - 1)) * v for i, v in enumerate(x)]


def mul(m, x):
    return [sum(a * b for a, b in zip(row, x)) for row in m]


def pen(x):
    return sum(max(0.0, abs(v) - 5) ** 2 for v in x)


def power(base, i):
    return base ** (i / (D - 1))


def rastrigin(z):
    return 10 * (D - sum(math.cos(2 * math.pi * v) for v in z)) + sum(v * v for v in z)


def rosenbrock_terms(z):
    return [100 * (a * a - b) ** 2 + (a - 1) ** 2 for a, b in zip(z, z[1:])]


def value(p, x):
    f, o, R, Q = p["number"], p["optimum"], p["R"], p["Q"]
    d = [a - b for a, b in zip(x, o)]
    if f == 1:
        return sum(v * v for v in d)
    if f == 2:
        return sum(power(1e6, i) * osz(v) ** 2 for i, v in enumerate(d))
    if f == 3:
        return rastrigin(lam(10, asy(0.2, [osz(v) for v in d])))
    if f == 4:
        z = [osz(v) for v in d]
        z = [(10 if v > 0 and i % 2 == 0 else 1) * 10 ** (0.5 * i / (D - 1)) * v for i, v in enumerate(z)]
        return rastrigin(z) + 100 * pen(x)
    if f == 5:
        s = [math.copysign(power(10, i), v) for i, v in enumerate(o)]
        z = [v if u * v < 25 else u for u, v in zip(o, x)]
        return sum(5 * abs(a) - a * b for a, b in zip(s, z))
    if f == 6:
        z = mul(Q, lam(10, mul(R, d)))
        return osz(sum(((100 if a * b > 0 else 1) * a) ** 2 for a, b in zip(z, o))) ** 0.9
    if f == 7:
        h = lam(10, mul(R, d))
        z = mul(Q, [math.floor(0.5 + v) if abs(v) > 0.5 else math.floor(0.5 + 10 * v) / 10 for v in h])
        return 0.1 * max(abs(h[0]) / 1e4, sum(power(100, i) * v * v for i, v in enumerate(z))) + pen(x)
    if f in (8, 9):
        c = max(1, math.sqrt(D) / 8)
        z = [c * v + 1 for v in d] if f == 8 else [c * v + 0.5 for v in mul(R, x)]
        return sum(rosenbrock_terms(z))
    if f in (10, 11):
        z = [osz(v) for v in mul(R, d)]
        return sum((power(1e6, i) if f == 10 else 1e6 if i == 0 else 1) * v * v for i, v in enumerate(z))
    if f == 12:
        z = mul(R, asy(0.5, mul(R, d)))
        return z[0] ** 2 + 1e6 * sum(v * v for v in z[1:])
    if f == 13:
        z = mul(Q, lam(10, mul(R, d)))
        return z[0] ** 2 + 100 * math.sqrt(sum(v * v for v in z[1:]))
    if f == 14:
        return math.sqrt(sum(abs(v) ** (2 + 4 * i / (D - 1)) for i, v in enumerate(mul(R, d))))
    if f == 15:
        return rastrigin(mul(R, lam(10, mul(Q, asy(0.2, [osz(v) for v in mul(R, d)])))))
    if f == 16:
        z = mul(R, lam(0.01, mul(Q, [osz(v) for v in mul(R, d)])))
        f0 = sum(0.5 ** k * math.cos(math.pi * 3 ** k) for k in range(12))
        s = sum(0.5 ** k * math.cos(2 * math.pi * 3 ** k * (v + 0.5)) for v in z for k in range(12))
        return 10 * (s / D - f0) ** 3 + 10 / D * pen(x)
    if f in (17, 18):
        z = lam(10 if f == 17 else 1000, mul(Q, asy(0.5, mul(R, d))))
        s = [math.sqrt(a * a + b * b) for a, b in zip(z, z[1:])]
        t = sum(math.sqrt(v) + math.sqrt(v) * math.sin(50 * v ** 0.2) ** 2 for v in s)
        return (t / (D - 1)) ** 2 + 10 * pen(x)
    if f == 19:
        c = max(1, math.sqrt(D) / 8)
        s = rosenbrock_terms([c * v + 0.5 for v in mul(R, x)])
        return 10 / (D - 1) * sum(v / 4000 - math.cos(v) for v in s) + 10
    if f == 20:
        m = [2 * abs(v) for v in o]
        h = [2 * math.copysign(1, u) * v for u, v in zip(o, x)]
        z = [h[0]] + [h[i + 1] + 0.25 * (h[i] - m[i]) for i in range(D - 1)]
        z = [100 * (v + u) for v, u in zip(lam(10, [a - b for a, b in zip(z, m)]), m)]
        return (-sum(v * math.sin(math.sqrt(abs(v))) for v in z) / (100 * D) + 4.189828872724339
                + 100 * pen([v / 100 for v in z]))
    if f in (21, 22):
        best = 0.0
        for weight, place, scale in zip(p["weights"], p["peaks"], p["scales"]):
            u = mul(R, [a - b for a, b in zip(x, place)])
            best = max(best, weight * math.exp(-sum(c * v * v for c, v in zip(scale, u)) / (2 * D)))
        return osz(10 - best) ** 2 + pen(x)
    if f == 23:
        z = mul(Q, lam(100, mul(R, d)))
        product = 1.0
        for i, v in enumerate(z):
            s = sum(abs(2 ** j * v - math.floor(2 ** j * v + 0.5)) / 2 ** j for j in range(1, 33))
            product *= (1 + (i + 1) * s) ** (10 / D ** 1.2)
        return 10 / D ** 2 * (product - 1) + pen(x)
    m0, s = 2.5, 1 - 1 / (2 * math.sqrt(D + 20) - 8.2)
    m1 = -math.sqrt((m0 * m0 - 1) / s)
    h = [2 * math.copysign(1, u) * v for u, v in zip(o, x)]
    z = mul(Q, lam(100, mul(R, [v - m0 for v in h])))
    return (min(sum((v - m0) ** 2 for v in h), D + s * sum((v - m1) ** 2 for v in h))
            + 10 * (D - sum(math.cos(2 * math.pi * v) for v in z)) + 1e4 * pen(x))


def rotation(r):
    rows = []
    for _ in range(D):
        v = [r.gauss(0, 1) for _ in range(D)]
        for u in rows:
            dot = sum(a * b for a, b in zip(u, v))
            v = [a - dot * b for a, b in zip(v, u)]
        norm = math.sqrt(sum(a * a for a in v))
        rows.append([a / norm for a in v])
    return rows


def optimum(f, R, r):
    if f in (9, 19):
        # The inverse of R takes 1/2 to where every z is 1.
        c = max(1, math.sqrt(D) / 8)
        return [sum(R[j][i] * 0.5 / c for j in range(D)) for i in range(D)]
    signs = [r.choice((-1, 1)) for _ in range(D)]
    if f == 5:
        return [5.0 * s for s in signs]
    if f == 20:
        return [4.2096874633 / 2 * s for s in signs]
    if f == 24:
        return [1.25 * s for s in signs]
    o = [r.uniform(-3, 3) if f == 8 else r.uniform(-4, 4) for _ in range(D)]
    return [abs(v) if f == 4 and i % 2 == 0 else v for i, v in enumerate(o)]


def problem(f):
    r = random.Random(1000 + f)
    R, Q = rotation(r), rotation(r)
    p = {"number": f, "R": R, "Q": Q, "optimum": optimum(f, R, r)}
    if f in (21, 22):
        count, first, place = (101, 1000.0, 5.0) if f == 21 else (21, 1000.0 ** 2, 4.9)
        p["weights"] = [10.0] + [1.1 + 8 * i / (count - 2) for i in range(count - 1)]
        p["peaks"] = [[r.uniform(-0.8 * place, 0.8 * place) for _ in range(D)]]
        p["peaks"] += [[r.uniform(-place, place) for _ in range(D)] for _ in range(count - 1)]
        alphas = [1000.0 ** (2 * j / (count - 2)) for j in range(count - 1)]
        r.shuffle(alphas)
        p["scales"] = []
        for alpha in [first] + alphas:
            order = list(range(D))
            r.shuffle(order)
            p["scales"].append([alpha ** (0.5 * i / (D - 1)) / alpha ** 0.25 for i in order])
        p["optimum"] = p["peaks"][0]
    points = [[r.uniform(-5, 5) for _ in range(D)] for _ in range(5)]
    p["checks"] = [{"x": x, "value": value(p, x)} for x in points]
    p["least"] = value(p, p["optimum"])
    return p


def samplers(seed):
    import optuna
    s = optuna.samplers
    return {
        "cma-es": lambda: s.CmaEsSampler(seed=seed),
        "tpe": lambda: s.TPESampler(seed=seed),
        "tpe multivariate": lambda: s.TPESampler(seed=seed, multivariate=True),
        "random": lambda: s.RandomSampler(seed=seed),
    }


def race(problems, out, seeds):
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    import warnings
    warnings.simplefilter("ignore")
    done = set()
    if os.path.exists(out):
        with open(out) as file:
            done = {(r["seed"], r["function"], r["sampler"]) for r in map(json.loads, file)}
    for seed in range(1, seeds + 1):
        # Only what is missing: a race that was interrupted goes on.
        for p, name, make in [(p, *pair) for p in problems for pair in samplers(seed).items()]:
            if (seed, p["number"], name) not in done:
                study = optuna.create_study(sampler=make())
                study.optimize(lambda t: value(p, [t.suggest_float(f"x{i}", -5, 5) for i in range(D)]), n_trials=100)
                with open(out, "a") as file:
                    file.write(json.dumps({"seed": seed, "function": p["number"], "sampler": name,
                                           "best": study.best_value}) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "problems":
        with open(sys.argv[2], "w") as file:
            json.dump([problem(f) for f in range(1, 25)], file)
    else:
        with open(sys.argv[2]) as file:
            race(json.load(file), sys.argv[3], int(sys.argv[4]))
