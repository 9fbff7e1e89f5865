"""How screens name what they show, by what is meant; within a group the surest name comes first."""


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ORDER_NO = _names("订单编号 订单号 订单号码 订单ID 平台订单号 平台单号 订单流水号")
MERCHANT_NO = _names("商户单号 商户订单号 商家订单号")
TRADE_NO = _names("交易单号 交易订单号 交易流水号 交易号 支付宝交易号 支付单号 支付流水号 转账单号 流水号")

PAID = _names(
    "实付款 实付金额 实付 实际支付 实付总额 支付金额 付款金额 已付金额 已支付 扣款金额 消费金额",
)
DEALT = _names("交易金额 转账金额 支出金额")
TOTAL = _names("订单金额 订单总额 订单总价 合计 总计 应付金额 金额")
ARRIVED = _names("到账金额 实际到账 实际到账金额 实到金额 已到账金额 到账面值")

PAID_AT = _names("支付时间 付款时间 转账时间 扣款时间 消费时间 交易时间 交易日期 记账日期")
MADE_AT = _names("创建时间 下单时间 订单时间 购买时间 成交时间 充值时间 提交时间")

PAYEE = _names("商户全称 收款方全称 商家全称 收款方 收款商户 收款人 收款户名 对方户名 对方名称 对方账户名")
SHOP = _names("商家名称 商户名称 店铺名称 店铺 商家 卖家 卖家昵称 商铺名称")
PRODUCT = _names("商品说明 商品名称 商品信息 商品 充值商品 购买商品 产品名称 商品标题")
METHOD = _names("支付方式 付款方式 支付渠道 付款渠道 扣款方式 付款账户 支付工具")
STATE = _names("当前状态 订单状态 交易状态 支付状态 充值状态 退款状态 发货状态 状态")
SECRET = _names("卡密 卡号 密码 卡密信息 充值卡号 充值密码 激活码 兑换码 CDK CDKEY 礼品码 券码 序列号 提取码 验证码")
# Other things, which must not be taken for the beginning of one of ours.
OTHERS = _names(
    """
    商品总价 商品金额 商品价格 商品单价 商品数量 商品编号 商品ID 商品类型 商品面值 商品服务 商品总额
    单价 数量 面值 运费 价格 原价 时间 类型 操作 余额 账户余额 可用余额
    优惠 优惠券 店铺优惠 店铺券 平台优惠 支付优惠 红包
    退款单号 退款编号 退款金额 退款总金额 退款时间 退款方式 退款原因 快递单号 物流单号 运单号 投诉单号
    充值账号 充值号码 手机号 手机号码 收货人 联系方式 收单机构 清算机构 收款账号 付款账号 对方账号
    交易卡号 交易账号 交易类型 交易渠道 交易地点 交易摘要 交易币种 摘要 备注
    发货时间 完成时间 收款时间 到账时间 结束时间 关闭时间 账单分类 账单服务 标签 标签和备注 计入收支 店铺首页
    """
)

NUMBERS = (*ORDER_NO, *MERCHANT_NO, *TRADE_NO)
ALL = (
    *(*NUMBERS, *PAID, *DEALT, *TOTAL, *ARRIVED, *PAID_AT, *MADE_AT),
    *(*PAYEE, *SHOP, *PRODUCT, *METHOD, *STATE, *SECRET, *OTHERS),
)
