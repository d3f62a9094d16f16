"""Writes the files of this folder: what scikit-learn says to the same rows, folds and settings.

python3 make-reference.py FOLDER   where FOLDER holds iris.csv, wine.csv, breast_cancer.csv and digits.csv (the last
column is the class). Made with scikit-learn 1.2.1 and NumPy 1.24.2.
"""
import gzip
import sys

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

FOLDER = sys.argv[1]


def read(name):
    rows = [line.strip().split(",") for line in open(f"{FOLDER}/{name}.csv")][1:]
    labels = [row[-1] for row in rows]
    classes = sorted(set(labels))
    return np.array([[float(x) for x in row[:-1]] for row in rows]), np.array([classes.index(c) for c in labels])


def write(name, text):
    with gzip.GzipFile(f"{name}.csv.gz", "wb", mtime=0) as file:
        file.write(text.encode())


def numbers(values):
    return ",".join(f"{value:.17g}" for value in values)


for name in ["iris", "wine", "breast_cancer", "digits"]:
    x, y = read(name)
    fold = np.zeros(len(y), int)
    models = {
        "rbf": SVC(kernel="rbf", C=1, gamma="scale"),
        "poly": SVC(kernel="poly", C=1, gamma="scale", degree=3, coef0=1),
        "linear": SVC(kernel="linear", C=1),
        "knn": KNeighborsClassifier(5, algorithm="brute"),
    }
    said = {model: np.zeros(len(y), int) for model in models}
    vectors = {model: [] for model in models}
    for i, (train, dev) in enumerate(StratifiedKFold(5, shuffle=True, random_state=1).split(x, y)):
        fold[dev] = i
        scaler = StandardScaler().fit(x[train])
        for model, one in models.items():
            one.fit(scaler.transform(x[train]), y[train])
            said[model][dev] = one.predict(scaler.transform(x[dev]))
            vectors[model].append(int(one.n_support_.sum()) if hasattr(one, "n_support_") else 0)
    print(name, {model: round((said[model] == y).mean(), 4) for model in models}, vectors)
    head = ",".join(["label", "fold", *models]) + "," + ",".join(f"x{i}" for i in range(x.shape[1]))
    rows = [",".join(map(str, [y[i], fold[i], *(said[m][i] for m in models)])) + "," + ",".join(f"{v:g}" for v in x[i])
            for i in range(len(y))]
    write(name, "\n".join([head, *rows]) + "\n")
    z = StandardScaler().fit_transform(x)
    pca = PCA(n_components=min(10, x.shape[1]), svd_solver="full").fit(z)
    write(f"{name}-pca", "\n".join(
        [numbers(pca.explained_variance_), numbers(pca.explained_variance_ratio_)]
        + [numbers(row) for row in pca.components_]) + "\n")
    print("  k-means", KMeans(len(set(y)), n_init=20, random_state=1).fit(z).inertia_)
