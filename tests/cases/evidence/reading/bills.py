"""Bills of payment apps, and what can be read in them. All names and numbers are invented."""

from datetime import date

from cases.evidence.reading.fields import Fields
from tests.cases.evidence.reading import apps
from tests.cases.evidence.reading.truth import Shown, fen


def wechat_bills() -> list[Shown]:
    bills = [
        (
            "极速卡盟",
            "100.00",
            "支付成功",
            18,
            "话费充值100元",
            "杭州极速数码科技有限公司",
            "零钱",
            "KM20261118201433887",
        ),
        (
            "云点卡",
            "298.50",
            "支付成功",
            3,
            "Steam充值卡300面值",
            "广州云点网络科技有限公司",
            "招商银行储蓄卡(1234)",
            "YD8830211907",
        ),
        (
            "小鹿数卡",
            "45.00",
            "已全额退款",
            9,
            "视频会员季卡",
            "成都小鹿互动信息技术有限公司",
            "零钱通",
            "100500202611097712",
        ),
        (
            "卡券之家",
            "1,280.00",
            "支付成功",
            11,
            "点券12800",
            "上海卡券之家电子商务有限公司",
            "建设银行信用卡(8890)",
            "KQ2026111100045",
        ),
        ("优充", "30.00", "退款中", 20, "Q币30个", "深圳市优充网络有限公司", "零钱", "UC26112009431"),
        (
            "飞速充",
            "50.00",
            "支付成功",
            21,
            "中国移动话费50元",
            "武汉飞速充信息服务有限公司江夏分公司第一营业部",
            "零钱",
            "FS2026112111223344",
        ),
    ]
    made: list[Shown] = []
    for place, (title, amount, state, day, product, company, method, number) in enumerate(bills):
        trade = f"42000023{40 + place}2026{11:02d}{day:02d}6123456{place:03d}00"
        rows = [
            ("当前状态", state if state != "已全额退款" else f"已全额退款(￥{amount})"),
            ("支付时间", f"2026年11月{day}日 20:14:{30 + place}"),
            ("商品", product),
            ("商户全称", company),
            ("收单机构", "财付通支付科技有限公司"),
            ("支付方式", method),
            ("交易单号", trade),
            ("商户单号", number),
        ]
        truth = Fields(
            order_no=number,
            amount=fen(amount),
            paid_at=date(2026, 11, day),
            merchant=company,
            state={"支付成功": "paid", "退款中": "refunding", "已全额退款": "refunded"}[state],
            pay_channel="wechat",
            product=product,
        )
        made.append((apps.wechat_bill, (title, f"-{amount}", rows), truth))
    transfer = [("当前状态", "支付成功"), ("转账时间", "2026年11月16日 09:02:11"), ("支付方式", "零钱")]
    number = "1000050001202611160912345678901"
    made.append(
        (
            apps.wechat_bill,
            ("转账-给卡商阿明", "-88.00", [*transfer, ("转账单号", number)]),
            Fields(number, 8_800, date(2026, 11, 16), "卡商阿明", "paid", "wechat"),
        )
    )
    return made


def alipay_bills() -> list[Shown]:
    bills = [
        ("极速卡盟", "100.00", "交易成功", 18, "话费充值", "杭州极速数码科技有限公司", "花呗", "KM20261118201433887"),
        ("星辰点卡", "648.00", "交易成功", 1, "游戏点卡648", "北京星辰互娱科技有限公司", "余额宝", "XC20261101000912"),
        ("速达充值", "19.90", "退款成功", 5, "会员月卡", "长沙速达数字科技有限公司", "账户余额", "SD-20261105-7781"),
        (
            "乐享卡",
            "200.00",
            "交易成功",
            13,
            "加油卡200元",
            "合肥乐享卡信息科技有限公司",
            "工商银行储蓄卡(6621)",
            "LX1113200500881",
        ),
        ("天天数码", "9.90", "交易关闭", 22, "音乐会员周卡", "南京天天数码有限公司", "花呗", "TT20261122001"),
        ("卡多多", "520.00", "交易成功", 8, "购物卡500面值", "西安卡多多电子商务有限责任公司", "余额宝", "KDD88210077"),
    ]
    states = {"交易成功": "paid", "退款成功": "refunded", "交易关闭": "failed"}
    channels = {"花呗": "huabei"}
    made: list[Shown] = []
    for place, (title, amount, state, day, product, company, method, number) in enumerate(bills):
        rows = [
            ("支付时间" if place % 2 else "创建时间", f"2026-11-{day:02d} 2{place % 4}:14:3{place}"),
            ("付款方式", method),
            ("商品说明", product),
            ("收款方全称", company),
            ("订单号", f"202611{day:02d}22001{place}56781{place}0023456789"),
            ("商家订单号", number),
        ]
        truth = Fields(
            number,
            fen(amount),
            date(2026, 11, day),
            company,
            states[state],
            channels.get(method, "alipay"),
            product,
        )
        made.append((apps.alipay_bill, (title, f"-{amount}", state, rows), truth))
    return made


def receipts() -> list[Shown]:
    """Pages after a payment or a refund, tables, and what is partly outside the picture."""
    paid = [("收款方", "优充网络便民店"), ("付款方式", "零钱"), ("付款时间", "2026-11-20 08:00:31")]
    refund = [
        ("退款金额", "￥95.00"),
        ("退款方式", "零钱"),
        ("退款时间", "2026-11-15 11:20:00"),
        ("商品名称", "Q币100个"),
        ("订单编号", "90011277364518"),
    ]
    qq = [
        ("交易状态", "交易成功"),
        ("交易时间", "2026-10-01 19:45:10"),
        ("商户名称", "游点卡盟"),
        ("支付方式", "QQ钱包余额"),
        ("交易单号", "2026100119451088"),
        ("商户单号", "YD1001A77281"),
    ]
    columns = [
        (12.0, "订单号", "KM2611180777"),
        (112.0, "商品", "月卡"),
        (180.0, "金额", "25.00"),
        (250.0, "状态", "待处理"),
    ]
    long = [
        ("订单编号", "CP20261030887766"),
        ("商品名称", "影视会员两年卡"),
        ("店铺名称", "影视卡批发部"),
        ("订单状态", "待发货"),
        ("商品总价", "￥256.00"),
        ("优惠", "-￥6.00"),
        ("实付款", "￥250.00"),
        ("付款时间", "2026-10-30 13:05:00"),
    ]
    return [
        (
            apps.receipt,
            ("支付成功", "￥30.00", paid),
            Fields(None, 3_000, date(2026, 11, 20), "优充网络便民店", "paid", "wechat"),
        ),
        (apps.receipt, ("退款成功", "￥95.00", refund), Fields("90011277364518", state="refunded", product="Q币100个")),
        (
            apps.wechat_bill,
            ("游点卡盟", "-30.00", qq),
            Fields("YD1001A77281", 3_000, date(2026, 10, 1), "游点卡盟", "paid", "qq_wallet"),
        ),
        (apps.table, (columns,), Fields("KM2611180777", 2_500, state="pending", product="月卡")),
        (
            apps.long_order,
            (long,),
            Fields("CP20261030887766", 25_000, date(2026, 10, 30), "影视卡批发部", "pending", None, "影视会员两年卡"),
        ),
    ]
