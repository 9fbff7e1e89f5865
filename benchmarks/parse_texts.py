"""Loads one model and parses texts one by one. Started by `nlu.py`, in a process of its own, in the checkout.

python benchmarks/parse_texts.py CONFIG MODEL.tar.gz TEXTS.json RESULT.json
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from loading import set_up, write_json

# Parsed before the clock starts, and not in any file that is measured.
WARM_UP = (
    "你好呀",
    "请问有人在吗",
    "我想问一下这个怎么弄",
    "上周二买的腾讯视频季卡，显示发货了可我这边什么都没有",
    "订单 88120456 付了 66.6 元，到今天还是待处理",
    "给我的那串激活码输进去提示无效",
    "说是全网通用，结果只能在安徽用",
    "店铺昨晚还在，今早点进去就是空白页了",
    "客服答应周五退，这都周一了",
    "要的是年费，开给我一个月",
    "那个卖家把我微信删掉了",
    "退款显示成功可银行卡里没有",
    "好的谢谢",
    "不用了",
    "截图我晚点传给你",
    "为什么要身份证",
    "今天天气真不错啊",
    "帮我查一下快递到哪里了",
    "我要转人工客服",
    "就是那个充值卡的事情，前前后后找了他们四五趟，每次都说再等等，我已经等了快半个月，实在不想等了",
)


def main(config: Path, model: Path, texts: Path, result: Path) -> None:
    """Write {resident_mb, parsed: [{intent, ranking, ms}, …]}, in the order of the texts.

    `ranking` is of labels where the classifier has one, else of intents: [[name, confidence], …].
    """
    set_up(config)
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    parsed = asyncio.run(_parse(agent, json.loads(texts.read_text(encoding="utf-8"))))
    resident_mb = psutil.Process().memory_info().rss / 2**20
    write_json(result, {"resident_mb": resident_mb, "parsed": parsed})


async def _parse(agent: Any, texts: list[str]) -> list[dict[str, Any]]:
    for text in WARM_UP:
        await agent.parse_message(text)
    return [await _timed(agent, text) for text in texts]


async def _timed(agent: Any, text: str) -> dict[str, Any]:
    started = time.perf_counter()
    parse = await agent.parse_message(text.lstrip("/"))  # a slash would make it a command of Rasa's
    ms = (time.perf_counter() - started) * 1_000
    ranking = parse.get("label_ranking") or parse["intent_ranking"]
    names = [[item["name"], float(item["confidence"])] for item in ranking]
    return {"intent": parse["intent"]["name"], "ranking": names, "ms": ms}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
