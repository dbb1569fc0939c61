"""The line editor of questions and desk: prompt_toolkit on stderr, with nothing the plainest terminal lacks."""

import os
import select
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import CompleteStyle

from ikikec.cli.aliran import mentah
from ikikec.cli.typer_dalam import CompletionItem


def penyunting(**pengaturan: Any) -> "PromptSession[str]":
    """A line editor; ``pengaturan`` is what PromptSession takes besides."""
    keluaran = create_output(stdout=mentah(sys.stderr))
    if hasattr(keluaran, "enable_cpr"):
        # Without it nothing asks the terminal where the cursor is, which some never answer.
        keluaran.enable_cpr = False
    return PromptSession(
        output=keluaran,
        reserve_space_for_menu=0,
        complete_while_typing=False,
        complete_style=CompleteStyle.READLINE_LIKE,
        **pengaturan,
    )


def baris_tempelan(editor: "PromptSession[str]") -> list[str]:
    """The lines behind the one just read, where several were pasted and the terminal did not say so.

    What was typed ahead but holds no line end stays for the next question.
    """
    masukan = editor.app.input
    kunci = get_typeahead(masukan)
    with masukan.raw_mode():
        while kunci and (lagi := _lanjutan(masukan)):
            kunci += lagi
    teks = "".join("\n" if satu.key in (Keys.ControlM, Keys.ControlJ) else satu.data for satu in kunci)
    if "\n" not in teks:
        store_typeahead(masukan, kunci)
        return []
    return teks.rstrip("\n").split("\n")


def _lanjutan(masukan: Any) -> list[Any]:
    """What else was pasted. Nobody types a line within this time; a pasted text comes in pieces."""
    if os.name == "nt":
        # A console is nothing to wait for by select, but tells what it has without waiting.
        time.sleep(0.05)
    elif not select.select([masukan.fileno()], [], [], 0.05)[0]:
        return []
    return list(masukan.read_keys())


def baca_suntingan(editor: "PromptSession[str]", *args: Any, **pengaturan: Any) -> str:
    """A line typed into the editor; raises EOFError for Ctrl-Z at its beginning, which ends the input on Windows."""
    baris: str = editor.prompt(*args, **pengaturan)
    if baris.startswith("\x1a"):
        raise EOFError
    return baris


class PelengkapPerintah(Completer):
    """Completion of a command line; ``lengkapi`` tells its unfinished word and what can stand for it."""

    def __init__(self, lengkapi: Callable[[str], tuple[str, list[CompletionItem]]]) -> None:
        self._lengkapi = lengkapi
        self._berkas = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Suggestions for the word at the cursor, or the names of files."""
        belum, usul = self._lengkapi(document.text_before_cursor)
        if any(satu.type == "file" for satu in usul):
            yield from self._berkas.get_completions(Document(belum), complete_event)
            return
        for satu in usul:
            nilai = shlex.quote(satu.value)
            yield Completion(nilai, start_position=-len(belum), display_meta=satu.help or "")


def pelengkap_kata(kata: Sequence[str]) -> Completer | None:
    """Completion of whole answers, letters in either case; none where there is nothing to complete."""
    return WordCompleter(list(kata), ignore_case=True, sentence=True) if kata else None
