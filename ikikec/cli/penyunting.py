"""The line editor of questions and desk: prompt_toolkit on stderr, with nothing the plainest terminal lacks."""

import sys
from collections.abc import Sequence
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, WordCompleter
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import CompleteStyle


def penyunting(**pengaturan: Any) -> "PromptSession[str]":
    """A line editor; ``pengaturan`` is what PromptSession takes besides."""
    keluaran = create_output(stdout=sys.stderr)
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


def pelengkap_kata(kata: Sequence[str]) -> Completer | None:
    """Completion of whole answers, letters in either case; none where there is nothing to complete."""
    return WordCompleter(list(kata), ignore_case=True, sentence=True) if kata else None
