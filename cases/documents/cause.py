"""Whether a purchase is one of goods or of a service: they go by different names, and to different courts."""

import re

from cases.models import Case

# A card is bought; topping up somebody's account, or a membership, is done for them.
GOODS_SUBKINDS = {"ci_used", "ci_expired", "ci_region_lock", "ci_format", "ci_face_value", "nd_card_not_issued"}
SERVICE_SUBKINDS = {"nd_direct_topup", "nd_wrong_account", "sm_duration", "sm_level", "sm_account_recovered"}
GOODS = re.compile(r"卡密|点卡|充值卡|礼品卡|激活码|兑换码|序列号|CDK", re.IGNORECASE)
SERVICE = re.compile(r"会员|代充|直充|充值|代练|话费|流量|VIP|SVIP|月卡|年卡|季卡", re.IGNORECASE)


def is_service(case: Case) -> bool:
    """Top-ups and memberships are services; cards, and whatever cannot be told, are goods."""
    if case.subkind in GOODS_SUBKINDS:
        return False
    product = case.product or ""
    return case.subkind in SERVICE_SUBKINDS or bool(SERVICE.search(product) and not GOODS.search(product))
