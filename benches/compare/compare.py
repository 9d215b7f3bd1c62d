#!/usr/bin/env python3
"""How fast is isnad beside what one would pick instead to find a list of names?

    python3 -m venv v && v/bin/pip install spacy flashtext pyahocorasick
    cargo build --release -p isnad-cli
    v/bin/python benches/compare/compare.py target/release/isnad en.jsonl ar.jsonl

Every tool gets the same names (the tables of this repository) and the same texts, one core, a process of its own, texts
read beforehand; the start-up is timed apart. Times are those of the processor, so that what else the machine does
counts little. Except for isnad the tools find strings and no more: no linking, no
relations, no clitics (a tool that wants blanks around a word misses the Arabic names behind one). Each tool's hits are
printed, since a speed without an answer is none. The table is Markdown, for benches/README.md.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def names(language):
    """Every name of the tables that may stand in a text of this language."""
    found = set()
    for path in sorted(ROOT.glob("gazetteers/**/*.tsv")):
        header = None
        for line in path.open(encoding="utf-8"):
            if line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
                if header[0] != "name":
                    break
                continue
            row = dict(zip(header, cells))
            if row.get("lang") in (language, "any"):
                found.add(row["name"])
    return sorted(found)


def texts(path):
    return [json.loads(line)["text"] for line in open(path, encoding="utf-8") if line.strip()]


def timed(call):
    begun = time.process_time()
    result = call()
    return time.process_time() - begun, result


def spacy_ruler(names, texts, language):
    import spacy

    def build():
        nlp = spacy.blank(language)
        ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
        ruler.add_patterns([{"label": "NAME", "pattern": name} for name in names])
        nlp.max_length = 10**9
        return nlp

    start, nlp = timed(build)
    run, hits = timed(lambda: sum(len(doc.ents) for doc in nlp.pipe(texts)))
    return start, run, hits


def flashtext(names, texts, language):
    import flashtext

    def build():
        processor = flashtext.KeywordProcessor()
        if language == "ar":
            # Else every Arabic letter ends a word.
            for letter in range(0x620, 0x660):
                processor.add_non_word_boundary(chr(letter))
        for name in names:
            processor.add_keyword(name)
        return processor

    start, processor = timed(build)
    run, hits = timed(lambda: sum(len(processor.extract_keywords(text)) for text in texts))
    return start, run, hits


def pyahocorasick(names, texts, _):
    import ahocorasick

    def build():
        automaton = ahocorasick.Automaton()
        for name in names:
            automaton.add_word(name.lower(), len(name))
        automaton.make_automaton()
        return automaton

    start, automaton = timed(build)
    word = re.compile(r"\w")

    def find():
        hits = 0
        for text in texts:
            folded = text.lower()
            for end, length in automaton.iter(folded):
                # Word edges, by hand: the automaton finds "Iran" in "Tirana" too.
                begin = end - length
                before = begin >= 0 and word.match(folded[begin])
                after = end + 1 < len(folded) and word.match(folded[end + 1])
                hits += not (before or after)
        return hits

    run, hits = timed(find)
    return start, run, hits


TOOLS = {
    "spacy": (spacy_ruler, "spaCy {}, `entity_ruler`"),
    "flashtext": (flashtext, "flashtext {}"),
    "pyahocorasick": (pyahocorasick, "pyahocorasick {}, word edges tested"),
}


def watched(command):
    """Standard output, seconds of the processor, and the most memory that the process held, in megabytes."""
    import tempfile

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        out, err = out.read(), err.read()
    if child.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}: {err.decode(errors='replace')[-300:]}")
    return out, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def other(tool, path, language):
    """One of the other tools, in a process of its own."""
    out, _, memory = watched([sys.executable, __file__, "--tool", tool, "--language", language, path])
    start, run, hits, loaded = json.loads(out)
    return start, run, hits, memory


def isnad(binary, path):
    """The whole extraction, relations and all, as the command line tells it."""
    extract = [binary, "extract", "--format", "jsonl", "--threads", "1", "--quiet"]
    out, whole, memory = watched([*extract, path])
    hits = sum(len(json.loads(line)["mentions"]) for line in out.splitlines())
    start = min(watched([*extract, "/dev/null"])[1] for _ in range(5))
    return start, whole - start, hits, memory


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    arguments.add_argument("--language", help=argparse.SUPPRESS)
    arguments.add_argument("--runs", type=int, default=3, help="the fastest of so many counts")
    arguments.add_argument("files", nargs="+", help="isnad's binary, then JSON Lines: ….en.jsonl or ….ar.jsonl")
    arguments = arguments.parse_args()
    if arguments.tool:
        all_texts, some = texts(arguments.files[0]), names(arguments.language)
        loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        find, _ = TOOLS[arguments.tool]
        print(json.dumps([*find(some, all_texts, arguments.language), loaded]))
        return
    binary, *files = arguments.files
    for path in files:
        language = "ar" if path.endswith("ar.jsonl") else "en"
        some, all_texts = names(language), texts(path)
        megabytes = sum(len(text.encode()) for text in all_texts) / 1e6
        print(f"\n{language}: {len(some)} names, {len(all_texts)} texts, {megabytes:.1f} MB, one core\n")
        print("| tool | start-up, s | documents/s | MB/s | memory, MB | found |\n|---|--:|--:|--:|--:|--:|")
        for tool in [*TOOLS, "isnad"]:
            try:
                title = TOOLS[tool][1].format(importlib.metadata.version(tool)) if tool in TOOLS else "isnad, whole extraction"
                once = (lambda: other(tool, path, language)) if tool in TOOLS else (lambda: isnad(binary, path))
                start, run, hits, memory = min((once() for _ in range(arguments.runs)), key=lambda found: found[1])
            except (importlib.metadata.PackageNotFoundError, RuntimeError) as missing:
                print(f"{tool}: NOT RUN ({missing})", file=sys.stderr)
                continue
            figures = f"{start:.2f} | {len(all_texts) / run:.0f} | {megabytes / run:.2f} | {memory:.0f} | {hits}"
            print(f"| {title} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
