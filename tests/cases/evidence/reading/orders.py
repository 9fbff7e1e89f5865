"""Orders of shops and of 卡盟, and what can be read in them. All names and numbers are invented."""

from datetime import date

from cases.evidence.reading.fields import Fields
from tests.cases.evidence.reading import apps
from tests.cases.evidence.reading.truth import Shown, fen


def shop_orders() -> list[Shown]:
    orders = [
        ("充值中", "极速数码专营店", "全国移动话费100元快充", "100.00", "2.00", "98.00", "260018772211", "微信支付"),
        (
            "交易成功",
            "星辰互娱旗舰店",
            "游戏点券6480个自动充值",
            "648.00",
            "48.50",
            "599.50",
            "3301188772201",
            "支付宝",
        ),
        ("已发货", "小鹿会员官方店", "视频会员年卡12个月", "198.00", "10.00", "188.00", "XL20261107886", "微信支付"),
        ("退款中", "卡多多专卖店", "购物卡500面值卡密", "500.00", "15.00", "485.00", "DD-2026-1109-0042", "支付宝"),
        ("交易关闭", "优充网络工作室", "Q币100个", "100.00", "5.00", "95.00", "90011277364518", "QQ钱包"),
        ("待发货", "乐享卡商行", "加油卡1000元", "1,000.00", "30.00", "970.00", "LXK000112233", "云闪付"),
        ("已完成", "飞速充专营店", "联通流量包10G月包", "30.00", "1.50", "28.50", "FSC7788112200", "微信支付"),
    ]
    states = {
        "充值中": "pending",
        "交易成功": "paid",
        "已发货": "delivered",
        "退款中": "refunding",
        "交易关闭": "failed",
        "待发货": "pending",
        "已完成": "delivered",
    }
    channels = {"微信支付": "wechat", "支付宝": "alipay", "QQ钱包": "qq_wallet", "云闪付": "unionpay"}
    made: list[Shown] = []
    for place, (state, shop, product, price, discount, paid, number, method) in enumerate(orders):
        day = 7 + place
        sums = [("商品总价", f"￥{price}"), ("店铺优惠", f"-￥{discount}"), ("实付款", f"￥{paid}")]
        rows = [
            ("订单编号", f"{number}  复制"),
            ("下单时间", f"2026-11-{day:02d} 23:59:12"),
            ("付款时间", f"2026-11-{day + 1:02d} 00:01:45"),
            ("支付方式", method),
        ]
        truth = Fields(number, fen(paid), date(2026, 11, day + 1), shop, states[state], channels[method])
        made.append((apps.shop_order, (state, shop, product, f"￥{price}", sums, rows), truth))
    return made


def card_orders() -> list[Shown]:
    """Plain web pages: labels over their values, or beside them after a colon."""
    full = [
        ("订单号", "KM20261118001"),
        ("商品名称", "话费快充100元"),
        ("单价", "99.00"),
        ("数量", "1"),
        ("实付金额", "￥99.00"),
        ("支付方式", "支付宝"),
        ("订单状态", "充值失败"),
        ("下单时间", "2026-11-18 20:14:33"),
    ]
    truth = Fields("KM20261118001", 9_900, date(2026, 11, 18), None, "failed", "alipay", "话费快充100元")
    fewer = [row for row in full if row[0] in {"订单号", "商品名称", "实付金额"}]
    secret = [
        ("订单编号", "2611190023881"),
        ("商品名称", "Steam充值卡50美元"),
        ("订单金额", "￥372.00"),
        ("订单状态", "已完成"),
        ("卡号", "ST50 8812 7723"),
        ("卡密", "QWER-7788-ASDF-1122"),
    ]
    arrived = [
        ("订单编号", "CZ20261102110"),
        ("充值账号", "138****5678"),
        ("支付金额", "￥200.00"),
        ("到账金额", "￥150.00"),
        ("充值时间", "2026/11/02 08:30:00"),
        ("状态", "充值成功"),
    ]
    return [
        (apps.card_order, ("订单查询", full, "如有疑问请联系在线客服，工作时间9:00-22:00"), truth),
        (
            apps.card_order,
            ("订单详情", fewer, ""),
            Fields("KM20261118001", 9_900, product="话费快充100元"),
        ),
        (
            apps.card_order,
            ("提取卡密", secret, "请勿将卡密告诉他人"),
            Fields("2611190023881", 37_200, state="delivered", product="Steam充值卡50美元"),
        ),
        (
            apps.card_order,
            ("充值订单", arrived, ""),
            Fields("CZ20261102110", 20_000, date(2026, 11, 2), state="delivered", delivered_amount=15_000),
        ),
        (
            apps.bank,
            ("200.00", [("商品", "Q币充值"), ("收款方", "张*明")]),
            Fields(amount=20_000, merchant="张*明", product="Q币充值"),
        ),
    ]
