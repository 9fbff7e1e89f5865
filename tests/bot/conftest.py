"""Messages as they reach the classifier, and a part of the real sentences to teach with."""

from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.corpus import Sentence, read
from bot.nlu.normalizer import TextNormalizer
from bot.nlu.sentence_encoder import SentenceEncoder
from cases.settings import ROOT

# One sentence in ten teaches, and one in twenty examines.
TAUGHT, UNSEEN = slice(0, None, 10), slice(5, None, 20)

Prepare = Callable[[Sequence[Sentence]], list[Message]]


@pytest.fixture(scope="session")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Prepare:
    """Spelled, cut into words of ours too, and encoded, by the components that come before the classifier."""
    from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer  # brings TensorFlow, unless after `bot.nlu`

    for path in (ROOT / "data" / "dictionary").iterdir():
        with path.open("rb") as dictionary:  # the tokenizer, given the path, would leave it open
            jieba.load_userdict(dictionary)
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    context = ExecutionContext(GraphSchema({}), node_name="encoder")
    components = (
        TextNormalizer.create({}, storage, Resource("normalizer"), context),
        JiebaTokenizer.create(JiebaTokenizer.get_default_config(), storage, Resource("jieba"), context),
        SentenceEncoder.create({}, storage, Resource("encoder"), context),
    )

    def prepared(sentences: Sequence[Sentence]) -> list[Message]:
        messages = [_message(sentence) for sentence in sentences]
        for component in components:
            messages = component.process(messages)
        return messages

    return prepared


@pytest.fixture(scope="session")
def said(prepare: Prepare) -> Callable[[str], Message]:
    """What somebody says, ready to be classified."""
    return lambda text: prepare([Sentence(text, "")])[0]


@pytest.fixture(scope="session")
def taught(prepare: Prepare) -> list[Message]:
    """A part of the real sentences, to teach."""
    return prepare(list(read())[TAUGHT])


@pytest.fixture(scope="session")
def unseen(prepare: Prepare) -> list[Message]:
    """Some of the others, to examine."""
    return prepare(list(read())[UNSEEN])


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A folder of training data with a few sentences in every form that ours has."""
    folder = tmp_path / "nlu"
    (folder / "more").mkdir(parents=True)
    (folder / "disputes.yml").write_text(DISPUTES, "utf-8")
    (folder / "lookups.yml").write_text(LOOKUPS, "utf-8")
    (folder / "more" / "talk.yml").write_text(TALK, "utf-8")
    return folder


def _message(sentence: Sentence) -> Message:
    told = {"metadata": {"intent": {"subkind": sentence.subkind}}} if sentence.subkind else {}
    return Message({TEXT: sentence.text, INTENT: sentence.intent, **told})


DISPUTES = """\
version: "3.1"

nlu:
  # The plain ones come first.
  - intent: not_delivered
    examples: |
      - 钱扣了，东西没有
      - 还没到

  - intent: not_delivered
    metadata: {subkind: nd_direct_topup}
    examples: |
      - 话费没来

  # Another kind.
  - intent: merchant_gone
    metadata: {subkind: mg_vendor_gone}
    examples: |
      - 被拉黑了
  - intent: merchant_gone
    examples: |
      - 卷款跑路
"""

LOOKUPS = """\
version: "3.1"
nlu:
  - lookup: platform
    examples: |
      - 淘宝
  - synonym: wechat
    examples: |
      - 微信
"""

TALK = """\
version: "3.1"
nlu:
  - intent: greet
    examples: |
      - 你好呀
"""
