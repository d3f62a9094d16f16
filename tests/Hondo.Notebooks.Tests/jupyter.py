"""Drives the kernel as Jupyter's own client does.

jupyter.py FOLDER CONSTRUCTS ROUNDS   prints what it saw as one JSON object; a test reads it. FOLDER has the kernel's
                                      description (share/jupyter), CONSTRUCTS is the notebook of constructs (.ipynb)
jupyter.py FOLDER figures             prints how fast it is beside what is wanted; for a quiet machine
"""
import json
import os
import signal
import subprocess
import sys
import time

os.environ["JUPYTER_PATH"] = sys.argv[1]
import nbformat
from jupyter_client import KernelManager
from nbclient import NotebookClient

TIMEOUT = 120
seen = {}


def reply_to(client, request):
    """The content of the reply; those to older questions are passed over."""
    while True:
        message = client.get_shell_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


def execute(client, code, allow_stdin=False, on_start=None, answer=None):
    """Runs a cell; returns the reply's content and the outputs."""
    request = client.execute(code, allow_stdin=allow_stdin, stop_on_error=False)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "execute_input" and on_start:
            on_start()
        if kind == "status" and content["execution_state"] == "idle":
            break
        if kind not in ("status", "execute_input"):
            outputs.append((kind, content))
        if kind == "stream" and answer and "name?" in content["text"]:
            client.get_stdin_msg(timeout=TIMEOUT)
            client.input(answer)
    return reply_to(client, request), outputs


def text(outputs):
    parts = []
    for kind, content in outputs:
        parts.append(content["text"] if kind == "stream" else "!" + content["ename"] if kind == "error"
                     else "=" + content["data"]["text/plain"])
    return "".join(parts)


def start():
    manager = KernelManager(kernel_name="hondo")
    began = time.time()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=TIMEOUT)
    seen.setdefault("ready_s", round(time.time() - began, 2))
    return manager, client


def cells(manager, client):
    def said(code, **more):
        return text(execute(client, code, **more)[1])

    began = time.time()
    said("var first = Enumerable.Range(1, 3).ToList();")
    seen["first_cell_s"] = round(time.time() - began, 2)
    seen["async"] = said("await Task.Delay(1); int later = await Task.FromResult(3);\nlater")
    seen["exception"] = said("throw new InvalidOperationException(\"no\");")
    reply, outputs = execute(client, "int a = 1;\nint b = a.Nothing;")
    seen["compile_error"] = reply["evalue"]
    seen["rich"] = sorted(execute(client, "Display(new LineChart(\"Loss\", [new(\"train\", [1, 2])]));")[1][0][1]["data"])
    _, outputs = execute(client, "Shown shown = Display(1); shown.Replace(2);")
    seen["update"] = [kind for kind, _ in outputs]
    seen["long"] = len(said("for (int i = 0; i < 20_000; i++) Console.WriteLine(i);"))
    seen["input"] = said("Console.Write(\"name?\"); string? who = Console.ReadLine(); Console.Write($\"hello {who}\");",
                         allow_stdin=True, answer="Ada")
    seen["stderr"] = [content["name"] for _, content in execute(client, "Console.Error.Write(1);")[1]]
    seen["complete"] = reply_to(client, client.complete("first.Cou", 9))["matches"]
    seen["inspect"] = reply_to(client, client.inspect("Datasets.Digits()", 12))["data"].get("text/plain", "")
    for name, code in (("whole", "int z = 1;"), ("half", "if (true) {"), ("wrong", "int 3 = ;")):
        seen[name] = reply_to(client, client.is_complete(code))["status"]
    began = []

    def interrupt():
        time.sleep(0.5)
        manager.interrupt_kernel()
        began.append(time.time())

    seen["interrupt"] = said("while (true) { }", on_start=interrupt)
    seen["after_interrupt"] = said("later")
    times = []
    for i in range(20):
        at = time.time()
        said(f"int v{i} = {i}; v{i} + 1")
        times.append(time.time() - at)
    seen["later_cells_median_ms"] = round(1000 * sorted(times)[10])
    at = time.time()
    seen["killed"] = said("System.Diagnostics.Process.GetCurrentProcess().Kill();")
    seen["killed_s"] = round(time.time() - at, 2)
    seen["after_kill"] = said("40 + 2")
    manager.shutdown_kernel()
    seen["shut_down"] = not manager.is_alive()


def kinds(manager, client):
    """More kinds of cells than one notebook of constructs can have."""
    def said(code):
        return text(execute(client, code)[1])

    seen["generic"] = said("T Twice<T>(T x) where T : System.Numerics.INumber<T> => x + x;\nTwice(1.5)")
    seen["extension"] = said("static string Loud(this string text) => text.ToUpper() + \"!\";") + said("\"hi\".Loud()")
    seen["using"] = said("using var reader = new StringReader(\"one\");\nreader.ReadLine()")
    seen["late"] = said("new Thread(() => { Thread.Sleep(50); Console.Write(\"late\"); }).Start();\nThread.Sleep(200);")
    # The error of a value that is computed when it is shown, and a process that outlives its cell.
    seen["lazy"] = said("Enumerable.Range(0, 3).Select(x => 1 / x)")
    at = time.time()
    seen["left_behind"] = said("System.Diagnostics.Process.Start(\"sleep\", \"30\"); Environment.Exit(3);")
    seen["left_behind_waits"] = time.time() - at > 20
    package = os.environ.get("HONDO_TEST_PACKAGE")
    if package:
        seen["package"] = said(f"#r \"nuget: Markdig, {package}\"\nMarkdig.Markdown.ToHtml(\"*a*\")")
    seen["unicode"] = said("string año = \"ñ 漢字 🎉\";\naño")
    reply, _ = execute(client, "")
    seen["empty"] = reply["status"]
    manager.shutdown_kernel()


def constructs(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="hondo", allow_errors=True, timeout=TIMEOUT).execute()
    nbformat.validate(notebook)
    groups = {}
    for cell in notebook.cells:
        said = "".join(output["text"] if output.output_type == "stream" else "!" + output["ename"]
                       if output.output_type == "error" else "=" + output["data"]["text/plain"]
                       for output in cell.outputs)
        entry = groups.setdefault(cell.metadata["title"], ["", ""])
        entry[0] += said
        entry[1] = cell.metadata.get("want", entry[1])
    seen["constructs"] = len(groups)
    seen["constructs_wrong"] = [name for name, (got, want) in groups.items() if got != want]


def practicals(folder):
    """The notebooks of the course that are handed in executed are valid."""
    files = sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names
                   if name.endswith(".ipynb"))
    for file in files:
        nbformat.validate(nbformat.read(file, as_version=4))
    seen["practicals_valid"] = len(files)


def children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(child) for child in found] + [inner for child in found for inner in children(int(child))]


def orphans(rounds):
    """A client that is killed leaves no kernel and no process of cells."""
    left = 0
    script = ("import os, sys, time; os.environ['JUPYTER_PATH'] = sys.argv[1]\n"
              "from jupyter_client import KernelManager\n"
              "m = KernelManager(kernel_name='hondo'); m.start_kernel(); c = m.client(); c.start_channels()\n"
              "c.wait_for_ready(timeout=120); c.execute('while (true) { }'); print('up', flush=True); time.sleep(600)\n")
    for _ in range(rounds):
        process = subprocess.Popen([sys.executable, "-c", script, sys.argv[1]], stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        below = children(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for _ in range(200):
            alive = [pid for pid in below if os.path.exists(f"/proc/{pid}")
                     and open(f"/proc/{pid}/stat").read().split(")")[-1].split()[0] != "Z"]
            if not alive:
                break
            time.sleep(0.1)
        left += len(alive) if below else 100
    seen["orphans"] = left


def memory_mb(pid):
    """Of a process and everything below it; what two of them share counts once."""
    def of(one):
        with open(f"/proc/{one}/smaps_rollup") as lines:
            return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    return [of(one) for one in [pid] + children(pid)]


def figures():
    """The best and the worst of five starts, then the figures of one kernel."""
    ready, first = [], []
    for _ in range(5):
        seen.clear()
        manager, client = start()
        ready.append(seen["ready_s"])
        began = time.time()
        execute(client, "var first = Enumerable.Range(1, 3).ToList();\nfirst.Count")
        first.append(round(time.time() - began, 2))
        manager.shutdown_kernel()
    seen.clear()
    cells(*start())
    manager, client = start()
    below = os.getpid()
    before = [pid for pid in children(below)]
    times = []
    for i in range(500):
        at = time.time()
        execute(client, f"int n{i} = {i}; string Name{i}(int x) => $\"{{x}}\"; var list{i} = new List<int> {{ n{i} }};")
        times.append(time.time() - at)
    memory = sum(memory_mb(before[0]))
    manager.shutdown_kernel()
    orphans(10)
    median = sorted(times)[250] * 1000
    rows = [("kernel ready, s, median of 5", sorted(ready)[2], 1), ("first cell, s, median of 5", sorted(first)[2], 1),
            ("later cells, ms, median of 20", seen["later_cells_median_ms"], 60),
            ("declaring cells, ms, median of 500", round(median), 60),
            ("memory after 500 cells, MB, both processes", round(memory), 400),
            ("a dead kernel reported, s", seen["killed_s"], 1), ("orphans of 10 killed clients", seen["orphans"], 0)]
    print(f"ready {ready}, first cell {first}")
    for name, value, most in rows:
        print(f"{'ok  ' if value <= most else 'MISS'} {name}: {value} (at most {most})")
    return 0 if all(value <= most for _, value, most in rows) else 1


if sys.argv[2] == "figures":
    sys.exit(figures())
cells(*start())
kinds(*start())
constructs(sys.argv[2])
practicals(os.environ["HONDO_TEST_COURSE"])
orphans(int(sys.argv[3]))
print(json.dumps(seen))
