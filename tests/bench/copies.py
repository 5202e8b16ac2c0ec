# SPDX-License-Identifier: GPL-2.0-only
"""More of the same tree: its candidate files again, under other names."""
import json
import os
import re
import shutil

DEFINES = re.compile(r"^(?!static)[a-z][\w \t*]*?\b(\w+)\([^;]*$", re.M)


def link(tree, to):
    """A copy of @tree whose files are links, so that it takes no room; files are only replaced."""
    def place(source, target):
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, target, follow_symlinks=False)

    shutil.copytree(tree, to, symlinks=True, copy_function=place,
                    ignore=lambda folder, names: [n for n in names if n.startswith(".")])


def add(tree, files, first, last, api):
    """Copies number @first to @last of @files, each beside its original.

    What they define for others gets a name of its own, so that no copy has to do with another; a
    file that defines an API function is left alone.
    """
    names = {function["name"] for function in json.load(open(api))["functions"]}
    texts, own = {}, set()
    for file in files:
        with open(os.path.join(tree, file), errors="surrogateescape") as source:
            text = source.read()
        defined = set(DEFINES.findall(text))
        if not defined & names:
            texts[file] = text
            own |= defined
    word = re.compile(r"\b\w+\b")
    for number in range(first, last + 1):
        for file, text in texts.items():
            text = word.sub(lambda m: f"{m[0]}_{number}" if m[0] in own else m[0], text)
            stem, suffix = os.path.splitext(file)
            with open(os.path.join(tree, f"{stem}__{number}{suffix}"), "w",
                      errors="surrogateescape") as copy:
                copy.write(text)
    return len(texts)
