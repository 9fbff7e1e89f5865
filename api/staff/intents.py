"""What the intents of the NLU are called where staff read and pick them, grouped as they are looked for."""

GROUPS: dict[str, dict[str, str]] = {
    "遇到的问题": {
        "not_delivered": "没到账",
        "not_as_described": "到了但不对",
        "merchant_gone": "商家联系不上",
        "refund_delayed": "退款一直不到",
    },
    "事实和证据": {
        "give_facts": "说事实",
        "correct": "改事实",
        "evidence_given": "给证据",
        "evidence_unavailable": "没有这个证据",
        "evidence_later": "证据晚点发",
    },
    "在问": {
        "ask_question": "问规则或办法",
        "ask_how": "问怎么弄",
        "ask_why": "问为什么要",
        "ask_progress": "问进度",
        "ask_capabilities": "问能做什么",
    },
    "步骤的结果": {
        "step_done": "这一步做了",
        "outcome_refunded": "退款到了",
        "outcome_partial": "只退了一部分",
        "outcome_promised": "答应退",
        "outcome_refused": "被拒绝",
        "outcome_no_reply": "没有回音",
    },
    "回答和要求": {
        "affirm": "是",
        "deny": "不是",
        "choose": "选一个",
        "new_case": "另一笔",
        "cancel": "不弄了",
        "ask_human": "找真人",
        "stop_reminders": "别再提醒",
        "undo": "撤回",
        "join": "接上另一个入口",
    },
    "要小心的": {
        "danger": "正在被骗",
        "unauthorized": "不是本人付的",
        "self_harm": "轻生",
        "minor": "未成年人",
        "reseller": "买来转卖",
        "illegal_goods": "违法商品",
        "ask_fake_evidence": "想造假证据",
        "threat": "威胁",
    },
    "其他": {
        "greet": "打招呼",
        "thank": "道谢",
        "goodbye": "再见",
        "vent": "发牢骚",
        "out_of_scope": "不归我们管",
        "nlu_fallback": "没听懂",
    },
}
INTENTS = {intent: name for group in GROUPS.values() for intent, name in group.items()}


def named(intent: str | None) -> str:
    """What an intent is called; an older one goes by its own id."""
    return INTENTS.get(intent or "", intent or "")
