"""The words that matching treats in a special way."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.knowledge.model import Entry, LocalizedLists, Text, Words


class Cues(Entry):
    """How people say who they are, and how a short text leans on the answer before it.

    `says_who`: before the own profession ("je suis"); `here`: after it ("kine hier"); `for_whom`:
    before another's ("pour un dentiste"); an `article` may stand between. `languages`: the names
    of each language, in all four. `still` and `denials`: together "that did not help either".
    `leaning`: words that say nothing of their own beside a cue. `courtesies`: greetings, thanks.
    """

    says_who: Words
    for_whom: Words
    here: Words
    articles: Words
    languages: LocalizedLists
    still: Words
    denials: Words
    leaning: Words
    courtesies: Words


class FollowUpWords(Entry):
    """What a short text asks of the answer before it: words in a row, "…" where others may stand.

    `afterwards`: what to put right later; `contacts`: whom to call; `how_long`: when it ends;
    `lasting`: what if it goes on; `not_that`: something else was meant. `beside`: what may stand
    beside them, with the words of `cues.leaning`; any other makes the text a question of its own.
    """

    afterwards: Words
    contacts: Words
    how_long: Words
    lasting: Words
    not_that: Words
    beside: Words


class NumberWords(Entry):
    """How people name a button of a numbered list: `ordinals`, the first row for the first one.

    `beside`: what may stand beside ("the", "option"); any other word makes the text a question.
    """

    ordinals: Annotated[tuple[Words, ...], Field(min_length=1)]
    beside: Words


class WhetherWords(Entry):
    """How people ask no more than whether a service is down.

    `asks`: words in a row that begin such a question, where no question mark ends it. `beside`:
    what may stand in it with the service and a word of `outages`; any other word asks more.
    """

    asks: Words
    beside: Words


class Lexicon(Entry):
    """Words that matching treats in a special way; files of knowledge/lexicon/.

    `fillers` and `failures`: words that tell nothing of which procedure is meant. `outages`: those
    of the failures that say that a service is down for all, not that one's own thing fails.
    `asides`: words that add nothing to the name of a service and that it fails.
    `only_me`: words in a row that ask whether others have the trouble too. `danger`: words in a
    row that tell of a life in danger. `software`: what people call their own software.
    `cues`: who speaks, and what leans on what was said before. `follow_ups`: what of the last
    answer a short text asks for. `numbers`: how a button of a numbered list is named.
    `whether`: how it is asked whether a service is down, and no more.
    `synonyms`: sets of words that mean the same, across languages.
    `joins`: spellings -> the one form. `decoys`: questions that belong to no procedure.
    """

    fillers: tuple[Text, ...] = ()
    failures: tuple[Text, ...] = ()
    outages: tuple[Text, ...] = ()
    asides: tuple[Text, ...] = ()
    only_me: tuple[Text, ...] = ()
    danger: tuple[Text, ...] = ()
    software: tuple[Text, ...] = ()
    synonyms: tuple[tuple[Text, ...], ...] = ()
    joins: Mapping[str, str] = Field(default_factory=dict)
    decoys: LocalizedLists | None = None
    cues: Cues | None = None
    follow_ups: FollowUpWords | None = None
    numbers: NumberWords | None = None
    whether: WhetherWords | None = None
