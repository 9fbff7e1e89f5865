"""How the export calls what is kept: columns and codes in words that people read."""

from collections.abc import Mapping

# Keys between rows, what buttons do, and the fingerprint of a token: nothing that is about the person.
INTERNAL = frozenset(
    {
        *("id", "person_id", "case_id", "conversation_id", "message_id", "evidence_item_id", "step_id"),
        *("offered", "buttons", "external_id", "likeness", "before"),
    }
)

COLUMNS: Mapping[str, str] = {
    "public_id": "公开编号",
    "created_at": "创建时间",
    "expires_at": "有效期至",
    "channel": "渠道",
    # conversation and messages
    "asked": "正在问",
    "misses": "没听懂的次数",
    "pending": "等待确认",
    "wants_human_at": "要求人工的时间",
    "reminders_off_at": "关闭提醒的时间",
    "author": "谁说的",
    "text": "内容",
    "intent": "理解为",
    "confidence": "把握",
    "latency_ms": "用时（毫秒）",
    "sent_at": "发送时间",
    "teacher": "谁纠正的",
    "made_at": "生成时间",
    # case
    "number": "案件编号",
    "stage": "阶段",
    "outcome": "结果",
    "opened_at": "开始时间",
    "closed_at": "结束时间",
    "dispute_kind": "遇到的问题",
    "subkind": "细类",
    "track": "退款进度",
    "also": "同时反映的问题",
    "unknown": "说过不清楚的",
    "flags": "提醒过的风险",
    "at": "时间",
    "actor": "由谁",
    "name": "名称",
    "data": "详情",
    # evidence
    "requirement_id": "证据",
    "state": "状态",
    "parked": "推迟次数",
    "changed_at": "更新时间",
    "sha256": "SHA-256",
    "media_type": "类型",
    "size": "大小（字节）",
    "source": "来源",
    "received_at": "收到时间",
    "withdrawn_at": "撤回时间",
    "width": "宽（像素）",
    "height": "高（像素）",
    "pages": "页数",
    "reading_state": "识别状态",
    "reading": "识别到的内容",
    "redaction": "遮盖的位置",
    # steps, documents, reminders
    "rung_id": "步骤",
    "attempt": "第几次",
    "proposed_at": "提出时间",
    "submitted_at": "提交时间",
    "deadline_id": "期限依据",
    "due_from": "期限起算",
    "due_at": "到期时间",
    "due_type": "期限性质",
    "provisional": "暂定",
    "reference_no": "受理编号",
    "promised_for": "对方答应的日期",
    "outcome_at": "结果时间",
    "kind": "种类",
    "version": "版本",
    "facts": "所用事实",
    "confirmed_at": "确认时间",
    "send_at": "提醒时间",
    "dropped_at": "取消时间",
}

CODES: Mapping[str, Mapping[str, str]] = {
    "author": {"person": "你", "bot": "助手", "staff": "工作人员"},
    "actor": {"person": "你", "bot": "助手", "staff": "工作人员"},
    "teacher": {"person": "你", "staff": "工作人员"},
    "stage": {
        "intake": "了解情况",
        "evidence": "收集证据",
        "step": "办理中",
        "waiting": "等待结果",
        "closed": "已结束",
    },
    "state": {
        "asked": "已询问",
        "provided": "已提供",
        "unavailable": "没有",
        "later": "晚点发",
        "not_accepted": "未采用",
    },
    "reading_state": {
        "none": "不识别",
        "waiting": "等待识别",
        "read": "已识别",
        "told": "已告知",
        "failed": "未能识别",
    },
    "due_type": {
        "statutory": "法定",
        "judicial": "司法解释",
        "rule": "规章",
        "platform_contract": "平台规则",
        "practice": "惯例",
    },
}
