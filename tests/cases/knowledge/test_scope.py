"""The knowledge covers the whole domain: what its model names is there, under its name or under a better one."""

import pytest

from cases.knowledge import Knowledge, knowledge

KNOW: Knowledge = knowledge()
SUBKINDS = {subkind.id for grievance in KNOW.grievances.values() for subkind in grievance.subkinds}
THERE = {
    "kind": KNOW.grievances.keys() | KNOW.guards.keys(),
    "sub-kind": SUBKINDS | KNOW.guards.keys() | KNOW.answers.keys(),
    "evidence": KNOW.evidence.keys(),
    "channel": KNOW.channels.keys(),
    "rung": KNOW.rungs.keys(),
    "pitfall": KNOW.pitfalls.keys() | KNOW.guards.keys() | KNOW.answers.keys() | KNOW.unverified.keys(),
}

# What the model of the domain names.
NAMED = {
    "kind": """not_delivered card_invalid service_mismatch refund_stuck merchant_gone scam_loss minor_recharge
        out_of_scope""",
    "sub-kind": """nd_direct_topup nd_delayed nd_card_not_issued nd_wrong_account nd_shown_success_upstream ci_used
        ci_format ci_expired ci_region_lock sm_discount sm_duration sm_level sm_aftersale sm_account_recovered
        rs_processing rs_no_bank_in rs_virtual_no_refund rs_pushed_to_upstream rs_mistaken_order mg_vendor_gone
        mg_platform_gone mg_platform_refuse mg_balance_trapped sc_second_fee sc_phish sc_fake_service sc_slow_topup
        mr_under8 mr_8_18 mr_16_worker os_reseller os_illegal_goods os_change_mind""",
    "evidence": """ev_order ev_payment ev_payee ev_abnormal_topup ev_card_error ev_promise ev_actual ev_chat ev_gone
        ev_refund_state ev_rules ev_identity ev_respondent ev_minor ev_scam""",
    "channel": """ch_merchant ch_platform ch_pay_wechat ch_pay_wechat_mp ch_pay_alipay ch_bank ch_12315 ch_12315_odr
        ch_report ch_consumer_assoc ch_heimao ch_jutousu ch_isc ch_12381 ch_carrier ch_12377 ch_12345 ch_police
        ch_court ch_arbitration""",
    "rung": """L0_stop_loss L1_evidence L2_demand L3_platform L4_payment L4b_unauthorized L5_final_demand L6_12315
        L6b_report L7_mediation_alt L8_public L9_police L10_court L11_enforce CLOSE_WATCH CLOSE""",
    "pitfall": """p_second_fee p_personal_code p_agent p_15_vs_7 p_dup p_triple p_fraud_withdraw p_edit_evidence
        p_secret_data p_slow_topup p_threat p_no_named_case p_time p_internet_court p_platform_window
        p_missing_defendant p_settlement""",
}

# Its other name here, and why.
RENAMED = {
    "card_invalid": ("not_delivered", "a card of no use never arrived: its sub-kinds ci_… are of this kind"),
    "service_mismatch": ("not_as_described", "the name the product works with"),
    "refund_stuck": ("refund_delayed", "a track beside the kind, since the kind stays what it was"),
    "scam_loss": ("p_second_fee", "a guard: it changes the way, not the kind"),
    "minor_recharge": ("p_minor", "a guard"),
    "out_of_scope": ("p_reseller", "guards: p_reseller, p_illegal_goods"),
    "sc_second_fee": ("p_second_fee", "a guard"),
    "sc_phish": ("p_unauthorized", "a guard"),
    "sc_fake_service": ("p_secrets", "a guard: codes, screens and programs are what they are after"),
    "sc_slow_topup": ("p_slow_topup", "a guard"),
    "mr_under8": ("p_minor", "one guard tells the three ages apart in what it says"),
    "mr_8_18": ("p_minor", "as above"),
    "mr_16_worker": ("p_minor", "as above"),
    "os_reseller": ("p_reseller", "a guard"),
    "os_illegal_goods": ("p_illegal_goods", "a guard"),
    "os_change_mind": ("a_virtual_no_refund", "an answer: a mere change of mind has little to stand on"),
    "ch_pay_wechat_mp": ("ch_pay_miniprogram", "named in full"),
    "ch_pay_alipay": ("ch_pay_other", "its periods could not be checked, so it is like any other"),
    "ch_consumer_assoc": ("ch_association", "named like its rung"),
    "L7_mediation_alt": ("L7_association", "the consumers' association is the other mediation there is"),
    "p_personal_code": ("t_personal_code", "a warning: guards are p_, warnings t_"),
    "p_agent": ("p_reseller", "a guard"),
    "p_15_vs_7": ("t_numbers", "a warning"),
    "p_dup": ("t_one_way", "a warning"),
    "p_triple": ("a_triple", "an answer, and an amount"),
    "p_fraud_withdraw": ("p_fake_evidence", "a guard"),
    "p_edit_evidence": ("t_edit", "a warning"),
    "p_secret_data": ("p_secrets", "a guard"),
    "p_no_named_case": ("u_cases", "no file may name them"),
    "p_time": ("t_small_line", "a warning"),
    "p_internet_court": ("t_online_filing", "a warning"),
    "p_platform_window": ("t_window", "a warning"),
    "p_missing_defendant": ("a_unknown_name", "an answer; and the court needs the operator's name"),
    "p_settlement": ("t_settle_after_money", "a warning"),
}

LEFT_OUT = {
    "ch_jutousu": "not known to operate any more; u_jutousu keeps it out",
    "CLOSE": "a case is closed, no rung is taken for it",
}

# What the model says of periods: entry, length, unit, nature.
PERIODS = {
    "collecting evidence": ("d_evidence", 24, "hour", "practice"),
    "the merchant's answer": ("d_demand_reply", 72, "hour", "practice"),
    "the platform's answer": ("d_platform_reply", 7, "workday", "practice"),
    "wechat_merchant_first_reply": ("d_wechat_first_reply", 24, "hour", "platform_contract"),
    "wechat_merchant_finish": ("d_wechat_finish", 72, "hour", "platform_contract"),
    "wechat_miniprogram_pending": ("d_wechat_miniprogram", 48, "hour", "platform_contract"),
    "self_set": ("d_final_demand", 5, "workday", "practice"),
    "deemed_refusal": ("d_deemed_refusal", 15, "day", "rule"),
    "odr_optional": ("d_12315_odr", 10, "workday", "practice"),
    "accept_or_not": ("d_12315_accept", 7, "workday", "statutory"),
    "mediation_end": ("d_12315_mediation", 60, "day", "statutory"),
    "notify_termination": ("d_12315_notice", 7, "workday", "rule"),
    "a report's clues": ("d_report_check", 15, "workday", "rule"),
    "no_filing_notice": ("d_police_no_filing_notice", 3, "day", "rule"),
    "review_request": ("d_police_review", 7, "day", "rule"),
    "public_security_case": ("d_public_security", 30, "day", "statutory"),
    "docketing": ("d_court_docket", 7, "day", "statutory"),
    "small_claim": ("d_small_claims", 2, "month", "statutory"),
    "summary": ("d_summary", 3, "month", "statutory"),
    "ordinary": ("d_ordinary", 6, "month", "statutory"),
    "limitation": ("d_limitation", 3, "year", "statutory"),
    "enforcement": ("d_enforcement", 2, "year", "statutory"),
    "money coming back": ("d_close_watch", 7, "workday", "practice"),
}
# Without an entry: 0 hours for danger is no period, and these could not be checked.
NO_PERIOD = ("支付宝", "消协", "消费者协会", "黑猫", "12363", "12345")

# The shortcuts of the model. Stopping the loss stands only where there is a loss to stop; more rungs may stand between.
SHORTCUTS = {
    "r_small": "L1_evidence L2_demand L3_platform L4_payment L6_12315",
    "r_gone": "L1_evidence L4_payment L9_police L3_platform L6_12315 L10_court",
    "r_scam": "L0_stop_loss L9_police L4_payment L1_evidence",
    "r_personal": "L1_evidence L3_platform L9_police L6_12315 L10_court",
    "r_minor": "L1_evidence L3_platform L4_payment L6_12315 L10_court",
}


@pytest.mark.parametrize(
    ("what", "id_"),
    [pytest.param(what, id_, id=f"{what} {id_}") for what, ids in NAMED.items() for id_ in ids.split()],
)
def test_is_there(what: str, id_: str) -> None:
    name, _ = RENAMED.get(id_, (id_, ""))
    assert (name in THERE[what]) is (id_ not in LEFT_OUT)


@pytest.mark.parametrize(
    ("id_", "amount", "unit", "type_"), [pytest.param(*row, id=name) for name, row in PERIODS.items()]
)
def test_period_is_as_long_and_as_binding_as_it_is(id_: str, amount: int, unit: str, type_: str) -> None:
    due = KNOW.deadlines[id_]
    assert (due.amount, due.unit, due.type.value) == (amount, unit, type_)


def test_what_could_not_be_checked_has_no_period() -> None:
    assert [due.id for due in KNOW.deadlines.values() for name in NO_PERIOD if name in due.name + due.source] == []


@pytest.mark.parametrize(("route", "rungs"), SHORTCUTS.items(), ids=SHORTCUTS)
def test_shortcut_is_taken_in_its_order(route: str, rungs: str) -> None:
    way = KNOW.routes[route].rungs
    assert [rung for rung in way if rung in rungs.split()] == rungs.split()


def test_nothing_is_renamed_for_no_reason() -> None:
    named = {id_ for ids in NAMED.values() for id_ in ids.split()}
    assert named >= RENAMED.keys() | LEFT_OUT.keys()
    assert all(reason for _, reason in RENAMED.values())
