#!/usr/bin/env python3
"""How fast is isnad beside what one would pick instead to find a list of names?

    python3 -m venv v && v/bin/pip install spacy flashtext pyahocorasick
    cargo build --release -p isnad-cli
    v/bin/python benches/compare/compare.py target/release/isnad en.jsonl ar.jsonl

Every tool gets the same names (the tables of this repository) and the same texts, one core, texts read beforehand, and
the start-up is timed apart. Except for isnad the tools find strings and no more: no linking, no relations, no clitics
(a tool that wants blanks around a word misses the Arabic names behind one). Each tool's hits are printed, since a speed
without an answer is none. The table is Markdown, for benches/README.md.
"""

import argparse
import json
import pathlib
import re
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
    begun = time.perf_counter()
    result = call()
    return time.perf_counter() - begun, result


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
    return "spaCy `entity_ruler`", start, run, hits


def flashtext(names, texts, _):
    import flashtext

    def build():
        processor = flashtext.KeywordProcessor()
        for name in names:
            processor.add_keyword(name)
        return processor

    start, processor = timed(build)
    run, hits = timed(lambda: sum(len(processor.extract_keywords(text)) for text in texts))
    return "flashtext", start, run, hits


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
    return "pyahocorasick, word edges tested", start, run, hits


def isnad(binary, path):
    """The whole extraction, relations and all, as the command line tells it."""
    command = [binary, "extract", "--format", "jsonl", "--threads", "1", "--timing", "--quiet", path]
    done = subprocess.run(command, capture_output=True, check=True)
    figures = re.search(rb"([\d.]+) MB of text in ([\d.]+) s", done.stderr)
    hits = sum(len(json.loads(line)["mentions"]) for line in done.stdout.splitlines())
    empty = subprocess.run([binary, "extract", "--format", "jsonl"], input=b"", capture_output=True, check=True)
    start, _ = timed(lambda: subprocess.run([binary, "extract", "--format", "jsonl"], input=b"", capture_output=True))
    assert empty.returncode == 0
    return "isnad, whole extraction", start, float(figures[2]), hits


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary")
    arguments.add_argument("files", nargs="+", help="JSON Lines whose name ends in .en.jsonl or .ar.jsonl")
    arguments = arguments.parse_args()
    for path in arguments.files:
        language = "ar" if path.endswith("ar.jsonl") else "en"
        some, all_texts = names(language), texts(path)
        megabytes = sum(len(text.encode()) for text in all_texts) / 1e6
        print(f"\n{language}: {len(some)} names, {len(all_texts)} texts, {megabytes:.1f} MB, one core\n")
        print("| tool | start-up, s | MB/s | found |\n|---|---|---|---|")
        for tool in (spacy_ruler, flashtext, pyahocorasick):
            try:
                name, start, run, hits = tool(some, all_texts, language)
            except ImportError as missing:
                print(f"{tool.__name__}: NOT RUN ({missing})", file=sys.stderr)
                continue
            print(f"| {name} | {start:.2f} | {megabytes / run:.2f} | {hits} |", flush=True)
        name, start, run, hits = isnad(arguments.binary, path)
        print(f"| {name} | {start:.2f} | {megabytes / run:.2f} | {hits} |")


if __name__ == "__main__":
    main()
