# SPDX-License-Identifier: GPL-2.0-only
"""The commands by which a prepared build folder compiles files of its tree."""
import os
import re
import shlex
import subprocess

# A rule shows its command, runs it and notes it down: quoted, bare and quoted.
COMPILES = re.compile(r" (-Wp,-MM?D,(?:(?! -Wp,-M| -c -o |'\\'').)* -c -o (\S+)\.o \S+\.c)(?=[\s;]|$)")


def commands(build, files):
    """For each of @files that the configuration builds: its compiler's arguments, by path.

    Nothing is built: make only says what it would do.
    """
    said = subprocess.run(["make", "-C", build, "-k", "-n", "V=1"] + [name[:-2] + ".o" for name in files],
                          text=True, errors="replace", stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    found = {}
    for match in COMPILES.finditer(said):
        found.setdefault(match[2] + ".c", shlex.split(match[1]))
    return {name: found[name] for name in files if name in found}


class Clang:
    """clang in the place of another compiler, without the options that it does not have."""

    def __init__(self, program, build):
        self.program, self.build = program, build
        self.unknown = set()

    def _is_known(self, word):
        return not any(word == bad or bad.endswith("=") and word.startswith(bad) for bad in self.unknown)

    def _probe(self, words):
        said = subprocess.run([self.program, "-fsyntax-only", "-x", "c", os.devnull] + words,
                              cwd=self.build, text=True, stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE).stderr
        unknown = re.findall(r"(?:unknown argument:|unsupported option|to option|unsupported argument)"
                             r" '([^']*)'", said)
        return set(unknown) - self.unknown

    def command(self, arguments):
        """What checks the syntax of the file that @arguments compile."""
        words = iter(arguments)
        kept = []
        for word in words:
            if word in ("-o", "--param"):
                next(words)
            elif word != "-c" and not word.startswith(("-Wp,-M", "-Werror", "-fplugin")):
                kept.append(word)
        source = kept.pop()
        while True:
            kept = [word for word in kept if self._is_known(word)]
            unknown = self._probe(kept)
            if not unknown:
                return [self.program, "-fsyntax-only", "-ferror-limit=0"] + kept + [source]
            self.unknown |= unknown
