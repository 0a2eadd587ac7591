"""Which rules somebody wants to hear of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSelection:
    """Ids of rules. `select` empty: all. What stands in both is ignored."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def includes(self, rule: str) -> bool:
        return rule not in self.ignore and (not self.select or rule in self.select)


EVERYTHING = RuleSelection()
