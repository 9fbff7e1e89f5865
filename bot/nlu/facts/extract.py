"""All facts of one sentence."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.nlu.facts import channels, contacts, dates, days, money, noise, orders, other_days, products, references
from bot.nlu.facts.lexicon import Lexicon
from bot.nlu.facts.names import Names
from bot.nlu.facts.negation import is_denied
from bot.nlu.facts.span import Span, mask
from bot.nlu.facts.words import Words, lower


class Facts:
    """Reads the facts out of sentences. Build it once; it may be shared between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = Words(lexicon)
        self._names = Names(lexicon, self._words)

    def extract(self, text: str, now: datetime) -> list[Span]:
        """The facts of `text` in the order said, none denied, none twice, none overlapping another.

        `now` is aware and in the speaker's time zone. Each reader takes from what those before it have left.
        """
        cited = references.find(text)
        rest = mask(text, [*noise.find(text), *map(_place, cited)])
        seen = lower(rest)
        doc = self._words.read(seen)
        named = [*cited, *orders.find(rest)]
        named += _free(self._names.find(text, seen, doc), named)
        calls = contacts.find(text)
        bought = _free(products.find(text, doc), [*named, *calls])
        phrases = bought + _free(channels.find(text, seen, doc), [*named, *calls])
        rest = mask(rest, map(_place, named))
        hidden = [_place(span) for span in [*calls, *phrases]]
        said = days.find(mask(rest, hidden), now)
        paid = dates.find(rest, said)
        sums = money.find(
            rest,
            [*hidden, *((day.start, day.end) for day in said)],
            in_things=any(map(products.is_counted, bought)),
            listed=bool(named or phrases or paid),
        )
        found = sorted([*named, *calls, *phrases, *paid, *other_days.find(rest, said, paid), *sums], key=_place)
        return list(_once(span for span in found if not is_denied(text, span)))


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _free(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Those of `spans` that overlap none of `taken`."""
    taken = list(taken)
    return [span for span in spans if not any(span.overlaps(other) for other in taken)]


def _once(spans: Iterable[Span]) -> Iterator[Span]:
    seen: set[tuple[str, int | str]] = set()
    for span in spans:
        if (span.entity, span.value) not in seen:
            seen.add((span.entity, span.value))
            yield span
