"""The phrases of a passage, as far as who speaks needs them: names with what stands around them, clauses."""

from __future__ import annotations

from .verbs import VerbPhrases, Words, is_adverb


class Phrases(VerbPhrases):
    """A passage, asked for the phrase that stands at a word."""

    def participle(self, at: int) -> bool:
        """Return whether a form in -ing says what the subject says: ", adding that …", a statement *saying* that …"""
        before = self._low[at - 1] if at else ""
        brings = before in self._lex["while_saying"] or before in self._lex["documents"]
        return brings or before in (",", "–", "—") or at - 1 in self._closing or self.absolute(at) is not None

    def absolute(self, at: int) -> Words | None:
        """Return the subject that a participle has of its own: with *some members* saying that …"""
        run = self.noun_phrase(at)
        return run if run is not None and run[0] and self._low[run[0] - 1] in _ABSOLUTE else None

    def goes_on(self, quote: Words) -> bool:
        """Return whether the sentence goes on after a quotation: a comma in it or after it, a question mark."""
        last = quote[1] - 1
        while last > quote[0] and self._low[last] in _CLOSING:
            last -= 1
        return self._low[last] in ",?!—–-…" or self._low[quote[1] : quote[1] + 1] == [","]

    def is_clause(self, content: Words) -> bool:
        """Return whether words are more than what leads a sentence in: "In May, ..."."""
        begin = content[0]
        while begin < content[1] - 1 and self._low[begin] in self._lex["leads"]:
            begin += 1
        first = self._low[begin]
        if content[0] in self._opening or self._has_main_clause(begin, content[1]):
            return True
        if first in self._lex["about"] and self.is_number(begin + 1):
            return self.has_verb((begin, content[1]))
        return first not in self._lex["prepositions"] and first not in self._lex["leads"] and not first.endswith("ing")

    def _has_main_clause(self, begin: int, end: int) -> bool:
        """Return whether a clause of its own follows what leads in with a comma: Since it rained, the dam was shut."""
        comma = next((at for at in range(begin, end) if self._low[at] == "," and not self._inside[at]), end)
        return end - comma > 4 and self.has_verb((comma + 1, end))

    def opens_quote(self, at: int) -> bool:
        """Return whether a quotation begins with the mark at a word."""
        return at in self._opening

    def is_document(self, subject: Words) -> bool:
        """Return whether words name what somebody wrote or counted: the polls, a study by the board."""
        ends = self._lex["prepositions"] | {",", "who", "which", "that"}
        head = next((at for at in range(*subject) if self._low[at] in ends), subject[1])
        return any(word in self._lex["documents"] for word in self._low[max(subject[0], head - 2) : head])

    def is_title(self, quote: Words) -> bool:
        """Return whether a quotation amid a sentence is the title of something: on “Harbour Week,” Quell said."""
        words = [self._words[at] for at in range(*quote) if self._words[at][0].isalpha()]
        small = self._lex["prepositions"] | {"and", "the", "a", "of"}
        return bool(quote[0]) and 0 < len(words) <= 6 and all(word[0].isupper() or word in small for word in words)

    def quote_before(self, at: int) -> Words | None:
        """Return the quotation that ends just before a word, a comma between them or not."""
        last = at - 1
        if last >= 0 and self._low[last] in (",", "—", "–", "-"):
            last -= 1
        return self._closing.get(last)

    def inverted(self, at: int) -> int | None:
        """Return where the name after a verb ends: said *Marta Quell, a nurse*."""
        if at >= self._end or self._inside[at]:
            return None
        word = self._low[at]
        lex = self._lex
        named = any(one[0].isupper() for one in self._words[at : at + 6])
        if not (named or word in lex["determiners"] or word in lex["personal"] or word in lex["pronouns"]):
            return None
        if word in lex["pronouns"]:
            return at + 1
        if any(word in lex[kind] for kind in ("prepositions", "embedded", "times", "adverbs")) or is_adverb(word, lex):
            return None
        end = at
        while end < self._end and not self._inside[end]:
            word = self._low[end]
            if word in STOPS or (end > at and (word in lex["boundaries"] and word not in ("for",))):
                break
            if end > at and word in _AFTER_A_NAME:
                break
            if word in lex["times"] and end > at:
                break
            end += 1
        return end if end > at else None

    def hearer(self, at: int) -> int:
        """Return where those who are told end: told *the board of trustees* that …"""
        low, lex = self._low, self._lex
        if at >= self._end or self._inside[at]:
            return at
        if low[at] in self._lex["hearers"] and not (low[at] == "her" and self._is_plain(at + 1)):
            return at + 1
        if low[at] in lex["embedded"] or low[at] in STOPS:
            return at
        end = at
        while end < min(at + 9, self._end) and not self._inside[end]:
            word = low[end]
            if (
                word in lex["embedded"]
                or word in STOPS
                or word in ("he", "she", "they", "it", "i", "we", "there")
                or (word in lex["prepositions"] and word not in ("of", "for"))
                or word in lex["times"]
            ):
                break
            if end > at and word in lex["determiners"] and low[end - 1] not in ("of", "for", "and", "at"):
                break
            end += 1
        return end

    def _is_plain(self, at: int) -> bool:
        """Return whether a word of no list stands somewhere, such as a noun: her *supporters*."""
        return (
            at < self._end and self._low[at].isalpha() and not any(self._low[at] in self._lex[kind] for kind in _SMALL)
        )

    def speaks(self, subject: Words, takes: frozenset[str]) -> bool:
        """Return whether words can name who says something."""
        low, lex, words = self._low, self._lex, self._words
        first, end = subject
        if end - first == 1:
            if low[first] in ("which", "that"):
                return bool(takes & {"say", "state", "show"}) and not takes & {"think"}
            if low[first] in self._lex["own"]:
                return not takes & {"think", "show"}
            if low[first] in lex["pronouns"]:
                return True
            if low[first] in lex["vague"] or low[first] in lex["determiners"] or low[first] == "others":
                return low[first] in self._lex["several"]
        comma = next((at for at in range(first + 1, end) if low[at] in (",", "who", "that", "which")), end)
        if any(low[at] in lex["pronouns"] or low[at] in lex["auxiliaries"] for at in range(first, comma)):
            return False
        heads = [at for at in range(first, comma) if any(low[at] in lex[kind] for kind in _SPEAKERS)]
        if "to" in low[first:comma] and not (heads and heads[0] < low.index("to", first)):
            return False
        alone = comma - first == 1 and "say" in takes
        named = any(words[at][0].isupper() for at in range(first, comma) if at or alone or not self._opens(at))
        share = words[end - 1].endswith("%") or low[end - 1] == "percent"
        return named or bool(heads) or share or ("say" in takes and self._is_group(first, comma))

    def _is_group(self, first: int, end: int) -> bool:
        """Return whether a phrase names somebody by a word that no list has: the widow, advocates of more controls."""
        head = next((at for at in range(first, end) if self._low[at] in self._lex["prepositions"]), end)
        many = first < head <= first + 3 and self._low[head - 1].endswith("s")
        return self._low[first] in self._lex["determiners"] or many

    def _opens(self, at: int) -> bool:
        """Return whether a word has its capital from beginning a sentence, by all that is known of it."""
        return self._low[at] in self._lex["starts"] or self._low[at].endswith("ing")

    def noun_phrase(self, end: int) -> Words | None:
        """Return the words before a verb that name its subject."""
        low, lex, words = self._low, self._lex, self._words
        last = end - 1
        if last < 0 or self._inside[last]:
            return None
        if low[last] in lex["pronouns"]:
            return last, end
        if low[last] in ("which", "that") and last and words[last - 1] not in (".", ";", ":"):
            return last, end
        if low[last] in (",", "—", "–", "-"):
            return self._with_apposition(last)
        if low[last] in (")", "]"):
            return self._with_brackets(last)
        first = end
        while first:
            word = low[first - 1]
            if self._inside[first - 1] or word in STOPS or word in _MORE_STOPS:
                break
            if word in lex["boundaries"] and not self.joins_names(first - 1, end):
                break
            first -= 1
            if end - first > 25:
                return None
        while end > first and low[end - 1] in lex["prepositions"]:  # the board *on* Friday said
            end -= 1
        return self.without_lead(first, end)

    def _with_apposition(self, last: int) -> Words | None:
        """Return a subject with what is said of it between two commas or dashes: *Quell, 42, of Mansfield*, said."""
        low, found = self._low, None
        for comma in range(last - 1, max(0, last - 40), -1):
            if self._inside[comma] or low[comma] in (";", ":") or (low[comma] == "." and low[comma + 1] != ","):
                return found
            if low[comma] == low[last] and comma and low[comma - 1] != "," and low[comma + 1] != "and":
                inner = self.noun_phrase(comma)
                if inner is None or not self._is_name(inner):
                    continue
                found = found or (inner[0], last)
                if low[inner[0]] in ("a", "an") and low[inner[0] - 1] == ",":
                    continue  # what is apposed has a comma of its own: *Quell, a nurse in Mansfield, Ohio*, said
                named = self._words[inner[0]][0].isupper()
                return (inner[0], last) if named or found[0] == inner[0] else found
        return found

    def _is_name(self, inner: Words) -> bool:
        """Return whether words before a comma are what an apposition is of, and no clause or part of a phrase."""
        first, end = inner
        begins = self._low[first][0].isalpha() and not self._low[first].endswith("ing")
        return begins and self._words[end - 1] != "," and not (first and self._low[first - 1] == "of")

    def _with_brackets(self, last: int) -> Words | None:
        """Return a subject with what stands in brackets behind it: *Quell (42)* said."""
        for opening in range(last - 1, max(-1, last - 12), -1):
            if self._low[opening] in ("(", "["):
                inner = self.noun_phrase(opening) if opening else None
                return (inner[0], last + 1) if inner else None
        return None

    def joins_names(self, at: int, end: int) -> bool:
        """Return whether "and" stands between two names or groups rather than between clauses."""
        if self._low[at] == "for":
            return (
                at + 1 < end
                and at > 0
                and (
                    self._low[at - 1] in self._lex["personal"]
                    or self._words[at - 1][0].isupper()
                    or self._low[at - 1] in self._lex["documents"]
                )
            )
        if self._low[at] not in ("and", "or") or at + 1 >= end or at == 0:
            return False
        one, other = self._words[at - 1], self._words[at + 1]
        if one[0].isupper() and other[0].isupper():
            return True
        lex = self._lex
        return self._low[at - 1] in lex["personal"] and (
            other[0].isupper() or other.lower() in lex["personal"] or other.lower() in lex["determiners"]
        )

    def without_lead(self, first: int, end: int) -> Words | None:
        """Return a subject without what leads the sentence in and has no comma: "On Tuesday Quell said"."""
        low, lex, words = self._low, self._lex, self._words
        while first < end and (
            low[first] in ("-", "–", "—", "•", "*", "'", "‘", "’") or low[first] in self._lex["leads"]
        ):
            first += 1
        if first >= end:
            return None
        if low[first] == "with" and end - first > 1:
            return first + 1, end
        if low[first] in lex["about"] and end - first > 1 and self.is_number(first + 1):
            return first, end
        if low[first] in lex["prepositions"] or low[first] in ("asked", "speaking"):
            run = end
            while run > first and words[run - 1][0].isupper() and low[run - 1] not in lex["times"]:
                run -= 1
            if run < end:
                return run, end
            return None
        if end - first > 1 and low[first] in lex["times"]:
            first += 1
        return (first, end) if first < end else None

    def is_number(self, at: int) -> bool:
        """Return whether a number stands at a word, or what makes one vague: nearly *a third*, at *least* ten."""
        word = self._low[at]
        return word[0].isdigit() or word in self._lex["several"] or word in ("half", "least", "most", "a")

    def leading(self, before: int | None = None) -> Words | None:
        """Return the subject with which the sentence begins, or the clause that leads in, if `before` is in it."""
        low, lex, words = self._low, self._lex, self._words
        at = 0
        comma = low.index(",") if "," in low[:30] else 0
        if before is not None and comma > before:
            comma, at = 0, int(low[0] in lex["boundaries"])
        if comma and (
            low[0] in lex["prepositions"]
            or (low[0] in self._lex["leads"] and not lex["pronouns"] & set(low[1:comma]))
            or low[0] in lex["times"]
            or low[0] in lex["boundaries"]
            or low[0].endswith("ing")
            or low[comma - 1] in ("later", "ago", "earlier")
            or low[0] == "asked"
        ):
            at = comma + 1
        while at < self._end and low[at] in self._lex["leads"] | {"but", "and", "so"}:
            at += 1
        if at >= self._end or self._inside[at]:
            return None
        if low[at] in lex["pronouns"]:
            return at, at + 1
        first = at
        while at < self._end and not self._inside[at]:
            word = low[at]
            if word in STOPS or word in lex["auxiliaries"] or word in lex["boundaries"] or word in _MORE_STOPS:
                break
            if (
                at > first
                and words[at].islower()
                and (word.endswith("ed") or word in lex.verbs or word in self._lex["past"] or self._does(at))
                and word not in lex["nouns"]
            ):
                break
            at += 1
        return (first, at) if 0 < at - first <= 15 else None

    def _does(self, at: int) -> bool:
        """Return whether a word is an adverb, or by its ending the verb of the name before it: Quell *opposes*."""
        word, lex = self._low[at], self._lex
        if is_adverb(word, lex) or word in lex["adverbs"]:
            return True
        named = self._words[at - 1][0].isupper() and not any(word in lex[kind] for kind in _SPEAKERS)
        return named and word.endswith("s") and not word.endswith(("ss", "'s", "’s"))

    def trim(self, first: int, end: int) -> Words | None:
        """Return words without the marks at their edges; None where nothing is left."""
        while first < end and self._low[first] in ",;:–—-":
            first += 1
        while end > first and self._low[end - 1] in ",;:.–—-":
            end -= 1
        return (first, end) if end > first else None


_SMALL = ("embedded", "determiners", "pronouns", "prepositions", "times", "boundaries", "auxiliaries")
_SPEAKERS = ("personal", "bodies", "documents")
_CLOSING = frozenset(('"', "”", "»", "''", "'", "’"))
STOPS = frozenset(',.;:()[]—–"“”?!…')
_MORE_STOPS = frozenset(("'", "‘", "•"))
_AFTER_A_NAME = frozenset("in on at during after before to with last earlier about".split())
_ABSOLUTE = frozenset(("with", "–", "—"))
