"""Messages, chats, balances and lists, and what little can be read in them. All names and numbers are invented."""

from datetime import date

from cases.evidence.reading.fields import Fields
from tests.cases.evidence.reading import apps
from tests.cases.evidence.reading.truth import Shown


def messages() -> list[Shown]:
    """Short messages, and pages of banks."""
    ccb = (
        "您尾号1234的储蓄卡11月18日20时14分向财付通-微信支付-极速卡盟支出人民币100.00元，活期余额2345.67元。[建设银行]"
    )
    cmb = "【招商银行】您账户8890于11月03日09:21快捷支付扣款人民币298.50元（支付宝-云点网络）"
    done = "【中国移动】您好，您已成功充值50.00元，当前余额为63.21元，感谢您的使用。"
    failed = "【优充网络】尊敬的用户，您的订单充值失败，款项将在3个工作日内退回，请留意。"
    refund = "【飞速充】您的退款100.00元已到账，请注意查收。"
    code = "【极速卡盟】验证码 884213，5分钟内有效，请勿告诉他人。"
    page = [
        ("交易时间", "2026-11-11 12:00:08"),
        ("交易类型", "网上支付"),
        ("对方户名", "上海卡券之家电子商务有限公司"),
        ("交易摘要", "购买点券"),
        ("交易流水号", "8876201120261111"),
        ("账户余额", "12,040.55"),
    ]
    return [
        (
            apps.sms,
            ("95533", [("11月18日 20:14", ccb)]),
            Fields(None, 10_000, date(2026, 11, 18), pay_channel="wechat", state="paid"),
        ),
        (
            apps.sms,
            ("95555", [("11月3日 09:21", cmb)]),
            Fields(None, 29_850, date(2026, 11, 3), pay_channel="alipay", state="paid"),
        ),
        (apps.sms, ("10086", [("今天 09:00", done)]), Fields(state="delivered", delivered_amount=5_000)),
        (apps.sms, ("1069 8800", [("昨天 18:22", failed)]), Fields(state="failed")),
        (apps.sms, ("1069 7711", [("昨天 08:02", refund)]), Fields(state="refunded")),
        (apps.sms, ("1069 2200", [("今天 07:30", code)]), Fields()),
        (
            apps.sms,
            ("95533", [("11月18日 20:14", ccb), ("11月19日 10:00", ccb.replace("100.00", "88.00"))]),
            Fields(pay_channel="wechat"),
        ),
        (
            apps.bank,
            ("-1,280.00", page),
            Fields("8876201120261111", 128_000, date(2026, 11, 11), "上海卡券之家电子商务有限公司", None, "bank_card"),
        ),
        (
            apps.bank,
            (
                "-66.00",
                [
                    ("交易时间", "2026-10-31 22:10:00"),
                    ("对方户名", "王*丽"),
                    ("交易渠道", "手机银行"),
                    ("账户余额", "301.20"),
                ],
            ),
            Fields(None, 6_600, date(2026, 10, 31), "王*丽", None, "bank_card"),
        ),
    ]


def others() -> list[Shown]:
    """Chats, balances, lists: pages that say little for sure."""
    waiting = [
        ("time", "11月18日 20:20"),
        ("me", "我付了100元，话费怎么还没到账"),
        ("other", "亲，充值高峰，请耐心等待24小时"),
        ("time", "11月19日 21:03"),
        ("me", "已经一天了，订单号KM20261118001，麻烦查一下"),
        ("other", "已发货"),
    ]
    refusing = [
        ("time", "昨天 14:02"),
        ("me", "卡密用不了，提示已被使用"),
        ("other", "虚拟商品不退不换，198元不能退"),
        ("me", "那我要投诉了"),
    ]
    contact = [("other", "加我微信，电话13912345678，转账到6222021234567890128"), ("me", "好的")]
    records = [("本月充值", "0.00"), ("上次充值时间", "2026-09-01"), ("有效期至", "2027-03-01")]
    several = [("点券1000个", "待发货", "￥98.00"), ("会员月卡", "已完成", "￥19.90"), ("Q币50个", "退款中", "￥48.50")]
    return [
        (apps.chat, ("极速卡盟客服", waiting), Fields(order_no="KM20261118001")),
        (apps.chat, ("小鹿数卡", refusing), Fields()),
        (apps.chat, ("卡商阿明", contact), Fields()),
        (apps.chat, ("飞速充售后", [("me", "什么时候退款"), ("other", "退款中"), ("other", "已退款")]), Fields()),
        (apps.balance, ("我的账户", "23.50", "话费余额(元)", records), Fields()),
        (apps.balance, ("点券中心", "1200", "当前点券", [("赠送点券", "200"), ("冻结点券", "0")]), Fields()),
        (apps.balance, ("Q币", "0.00", "Q币余额", [("可提现余额", "￥0.00"), ("优惠券", "2张")]), Fields()),
        (apps.balance, ("会员中心", "7天", "剩余有效期", [("到期时间", "2026-11-29"), ("会员等级", "V1")]), Fields()),
        (apps.order_list, (several,), Fields(merchant="游戏点卡专营店")),
        (apps.order_list, (several[:1] * 2,), Fields(amount=9_800, merchant="游戏点卡专营店")),
        (
            apps.wechat_bill,
            (
                "退款-极速卡盟",
                "+100.00",
                [
                    ("当前状态", "已退款"),
                    ("退款时间", "2026年11月20日 10:00:00"),
                    ("退款方式", "零钱"),
                    ("退款单号", "50300002342026112012345678901"),
                ],
            ),
            Fields(state="refunded"),
        ),
        (
            apps.alipay_bill,
            ("充值有礼", "+5.00", "交易成功", [("创建时间", "2026-11-20 10:00:00"), ("商品说明", "活动红包")]),
            Fields(paid_at=date(2026, 11, 20), state="paid", pay_channel="alipay", product="活动红包"),
        ),
    ]
