"""Times builds of the same pages by several programs and prints a table. `run` beside this file provides the programs.

Each figure is the median of RUNS runs, each in a new process: a cold build into a folder that is not there and without a cache, the same build
again with nothing changed, and a build after a heading and a sentence of one page have changed. Memory is the most that any cold build
held (the largest resident set that the system counted for it).
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = [int(size) for size in os.environ.get("SIZES", "100,1000,10000,50000").split(",")]
RUNS = int(os.environ.get("RUNS", "5"))
PAMPHLET = ROOT / "target/dist/pamphlet"
PLAIN_LANGUAGE = "Plain language"
# Some of these look at the Markdown too; a page is not read where none of them is on.
OUTPUT_RULES = """
    duplicate-element-id empty-heading heavy-page low-contrast missing-alt missing-language missing-page-title
    nameless-control page-landmarks policy-breach skipped-heading-level table-without-header top-level-heading
    unlabelled-field
""".split()
NO_SEARCH = "search: { enabled: false }\n"


@dataclass
class Program:
    """A program: how its site is written, and how it is started."""

    name: str
    form: str
    command: list[str]
    settings: str = ""
    has_cache: bool = True


@dataclass
class Result:
    """What was measured of a program, in seconds and MiB."""

    program: Program
    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    edit: list[float] = field(default_factory=list)
    memory: float = 0.0


def rules_of(topic: str) -> list[str]:
    """The rules of a topic, as the program lists them."""
    listed = subprocess.run([str(PAMPHLET), "explain"], check=True, capture_output=True, text=True).stdout
    topics = re.split(r"^(?=\S)", listed, flags=re.M)
    section = next(section for section in topics if section.startswith(f"{topic}\n"))
    return re.findall(r"^  (\S+)", section, re.M)


def off(rules: list[str]) -> str:
    return "rules:\n" + "".join(f"  {rule}: off\n" for rule in rules)


def programs() -> list[Program]:
    pamphlet = [str(PAMPHLET), "build", "--site", "{site}", "--out", "{out}"]
    plain = rules_of(PLAIN_LANGUAGE)
    floor = [str(ROOT / "target/dist/examples/floor"), "{site}/content", "{out}"]
    libraries = [str(ROOT / "target/dist/examples/libraries"), str(ROOT / "templates"), "{site}/content", "{out}"]
    hugo = [os.environ["HUGO"], "--quiet", "--source", "{site}", "--destination", "{out}"]
    zola = [os.environ["ZOLA"], "--root", "{site}", "build", "--force", "--output-dir", "{out}"]
    all_programs = [
        Program("floor", "pamphlet", floor, has_cache=False),
        Program("floor with YAML and templates", "pamphlet", libraries, has_cache=False),
        Program("Pamphlet: structure, links, safety", "pamphlet", pamphlet, NO_SEARCH + off(plain + OUTPUT_RULES)),
        Program("Pamphlet: and plain language", "pamphlet", pamphlet, NO_SEARCH + off(OUTPUT_RULES)),
        Program("Pamphlet: and the finished pages", "pamphlet", pamphlet, NO_SEARCH),
        Program("Pamphlet: and the search (as it comes)", "pamphlet", pamphlet),
        Program("Hugo", "hugo", hugo),
        Program("Zola", "zola", zola),
    ]
    return [program for program in all_programs if program.command[0]]


def measured(command: list[str]) -> tuple[float, float]:
    """Runs a command; gives its seconds and the MiB of its largest resident set."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode(errors='replace')[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def filled(command: list[str], site: Path, out: Path) -> list[str]:
    return [part.format(site=site, out=out) for part in command]


def measure(program: Program, pages: int, folder: Path) -> Result:
    site, out = folder / "site", folder / "out"
    corpus = [shutil.which("node") or "node", str(ROOT / "benches/peers/corpus.mjs"), program.form, str(site), str(pages)]
    subprocess.run(corpus, check=True)
    if program.settings:
        with (site / "content/site.yaml").open("a") as file:
            file.write(program.settings)
    command = filled(program.command, site, out)
    result = Result(program)
    for _ in range(RUNS):
        for made in (out, site / ".pamphlet"):
            shutil.rmtree(made, ignore_errors=True)
        seconds, memory = measured(command)
        result.cold.append(seconds)
        result.memory = max(result.memory, memory)
    if not any(out.rglob("index.html")):
        sys.exit(f"{program.name} wrote no page")
    if program.has_cache:
        result.again = [measured(command)[0] for _ in range(RUNS)]
        result.edit = [edited(command, site, run) for run in range(RUNS)]
    shutil.rmtree(folder)
    return result


def edited(command: list[str], site: Path, run: int) -> float:
    """Changes a heading and adds a sentence in one page, and builds."""
    page = site / "content/tests/page-1.md"
    text = page.read_text()
    page.write_text(re.sub(r"(## Section 1 of page 1)[^\n]*", rf"\1, state {run}", text) + f"\nA sentence more: {run}.\n")
    return measured(command)[0]


def milliseconds(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:,.0f} ms" if times else "–"


def rows(pages: int, results: list[Result]) -> list[str]:
    cold = {result.program.name: statistics.median(result.cold) for result in results}
    floor = cold["floor"]
    ours = cold[next(name for name in cold if name.startswith("Pamphlet"))]
    lines = []
    for result in results:
        name = result.program.name
        cells = [
            f"{pages:,}",
            name,
            milliseconds(result.cold),
            milliseconds(result.again),
            milliseconds(result.edit),
            f"{result.memory:,.0f} MiB",
            f"{pages / cold[name]:,.0f}",
            f"{cold[name] / ours:.2f}",
            f"{cold[name] / floor:.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    print("| pages | program | cold build | nothing changed | one page changed | memory | pages a second | to ours | to the floor |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    memory = Path("/dev/shm")
    for pages in SIZES:
        results = []
        for program in programs():
            folder = Path(tempfile.mkdtemp(prefix="peers-", dir=memory if memory.is_dir() else None))
            try:
                results.append(measure(program, pages, folder))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        print("\n".join(rows(pages, results)), flush=True)


main()
