"""The words the extractor is told: marketplaces, products, and how people call a way of paying."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

PAY_CHANNELS = frozenset({"wechat", "alipay", "unionpay", "bank_card", "huabei", "qq_wallet", "paypal", "other"})
PAY_METHODS = frozenset({"personal", "order"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Platform and product names as people write them; payment words mapped to their ids."""

    platforms: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    pay_channels: dict[str, str] = field(default_factory=dict)
    pay_methods: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, lookups: dict[str, list[str]], synonyms: dict[str, str]) -> Self:
        """From lookup tables by name and synonyms (phrase to id).

        Raises ValueError for a synonym of an id we do not know: nothing would ever find it.
        """
        if unknown := set(synonyms.values()) - PAY_CHANNELS - PAY_METHODS:
            raise ValueError(f"synonyms of unknown ids: {', '.join(sorted(unknown))}")
        return cls(
            platforms=tuple(lookups.get("platform", ())),
            products=tuple(lookups.get("product", ())),
            pay_channels={phrase: id_ for phrase, id_ in synonyms.items() if id_ in PAY_CHANNELS},
            pay_methods={phrase: id_ for phrase, id_ in synonyms.items() if id_ in PAY_METHODS},
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises OSError or ValueError if that is not there."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            platforms=tuple(stored["platforms"]),
            products=tuple(stored["products"]),
            pay_channels=stored["pay_channels"],
            pay_methods=stored["pay_methods"],
        )

    def save(self, path: Path) -> None:
        """Write the lexicon as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    def entries(self) -> list[tuple[str, str, str]]:
        """Every phrase as (entity, phrase, id); names have no id."""
        return [
            *(("platform", phrase, "") for phrase in self.platforms),
            *(("product", phrase, "") for phrase in self.products),
            *(("pay_channel", phrase, id_) for phrase, id_ in self.pay_channels.items()),
            *(("pay_method", phrase, id_) for phrase, id_ in self.pay_methods.items()),
        ]
