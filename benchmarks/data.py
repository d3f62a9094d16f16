"""The peers of benchmarks/data.cs.
  /usr/bin/python3 benchmarks/data.py table FILE
      pandas: seconds to read a table.
  /usr/bin/python3 benchmarks/data.py pictures FOLDER WORKERS BATCH SECONDS [SIZE]
      PyTorch's DataLoader with torchvision: pictures a second, decoded and as float32 in batches."""
import sys
import time


def table(path):
    import pandas
    start = time.perf_counter()
    rows = pandas.read_csv(path)
    print(time.perf_counter() - start, len(rows))


def pictures(folder, workers, batch, seconds, size=None):
    import torch
    from torchvision import datasets, transforms
    torch.set_num_threads(1)  # the processes of the loader have the cores to themselves
    steps = [transforms.ToTensor()]
    if size:
        steps.insert(0, transforms.Resize((int(size), int(size))))
    loader = torch.utils.data.DataLoader(
        datasets.ImageFolder(folder, transforms.Compose(steps)), int(batch), shuffle=True, num_workers=int(workers))
    count, start = -2 * int(workers), None  # the first batches wait for the processes to start
    for images, labels in loader:
        if start is None:
            count += 1
            if count == 0:
                start = time.perf_counter()
            continue
        count += len(labels)
        if time.perf_counter() - start > float(seconds):
            break
    print(count / (time.perf_counter() - start))


{"table": table, "pictures": pictures}[sys.argv[1]](*sys.argv[2:])
