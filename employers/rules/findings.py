"""What a check has to say: a code, how much it weighs, and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WARNING = "WARNING"
REFUSAL = "REFUSAL"


@dataclass(frozen=True, slots=True)
class Finding:
    """`weight`, WARNING or REFUSAL, is for someone who publishes or registers in the office; an import prints both.

    A page shows `gettext(finding.sentence) % finding.values`, a command `finding.message`."""

    code: str
    weight: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self):
        return self.sentence % self.values

    @property
    def refuses(self):
        return self.weight == REFUSAL


def gettext_noop(sentence):
    """The sentence as it is. Rules know no Django; by this name the translators' tools find the sentence."""
    return sentence
