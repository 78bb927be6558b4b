"""Advertising that was injected into a text is found however it is written; true sentences stay silent."""

from pathlib import Path

import pytest

from gouji.audit import audit
from gouji.report import Explanation
from gouji.rules import CatalogueError, Context, Finding, catalogue, check
from gouji.rules.injected import stretches
from support.triples import Triple, case, zeros

RULE = catalogue()["text-injected"]
SPAM = "根据《某某办公室全新老虎机_电子比分网¥手机游戏平台:年度报告有关事项的通知》要求编制。"


class TestTextInjected(Triple):
    """Advertising of gambling inside a citation."""

    rule = "text-injected"
    level = "error"
    numbers = (1, None)
    says = ("第一部分有疑似植入的广告", "第 2 段", "【老虎机_电子比分网¥")
    valid = case(report={"texts": {"一": "使用体育彩票公益金 20 万元，打击网络赌博，办理贷款贴息。"}})
    invalid = case(report={"texts": {"一": f"概况。\n{SPAM}"}})
    undecidable = case()


TRUE = """\
本年使用体育彩票公益金20万元资助全民健身项目。
福利彩票公益金使用情况已在门户网站公开。
全市设有体育彩票投注站120个，及时公开彩票开奖公告。
《彩票管理条例》《娱乐场所管理条例》实施情况按规定公开。
严厉打击网络赌博、电信网络诈骗等违法犯罪活动。
开展禁赌宣传，查处利用老虎机赌博案件3起。
清理色情低俗信息，深入开展“扫黄打非”专项行动。
查处六合彩赌博窝点2个，抓获犯罪嫌疑人5名。
行政处罚中涉及卖淫嫖娼案件12件。
公开贷款贴息政策，惠及小微企业300家。
推广无抵押信用贷款产品，缓解企业融资难。
网上办理税务登记，为纳税人代开发票1200份。
增值税电子发票管理有关政策及时公开。
网站网址：www.xxx.gov.cn，电子邮箱xxgk@xxx.gov.cn。
本报告可在官网首页“政府信息公开”专栏下载。
登录门户网站（http://www.mouxian.gov.cn/xxgk/）查阅。
手机版网站、客户端和微信公众号同步更新。
“某某发布”客户端注册用户突破10万。
开设游戏厅、娱乐场所检查结果公示专栏。
网络游戏充值类投诉答复15件。
文化娱乐活动信息公开42条。
全民健身足球比赛比分和名次已公布。
加快三年行动计划落实，推进政务公开。
线下注册企业数量同比上升。
购买球类器材项目采购公告已公开。
具有本地特色情况的公开目录已编制。
在主角色情景剧中宣传条例。
完善支援交通建设信息公开。
清理三级片区网格员公示信息。
叫做爱心驿站的便民点名单已公开。
排查网站被篡改、植入博彩暗链等安全隐患，未发现问题。
新媒体账号名称为mou_xian-fabu，粉丝2万。
联系电话：0512-12345678，邮编215000。
服务热线12345，举报网站www.12377.cn。
“互联网+政务服务”平台功能最全的栏目为办事指南。
规范使用代开发票系统，税务窗口微信公众号提供咨询。
某某县融媒体中心官方网站网址为http://www.mouxian-news.com。
下载“某某通”APP办理业务，最新版已上线。
福利彩票发行中心官网公布公益金筹集情况。
体育彩票官网公布的开奖信息不属于本机关职责。
公布校外培训机构、棋牌室专项整治结果。
百家乐超市、百家乐社区等单位行政许可结果公示。
办证大厅窗口电话公开，办证指南更新12项。
公开个体私服务业、公私服务合作项目信息。
对口支援交流情况和资金使用情况公开。
宜春药品监督管理信息公开。
无码头审批事项，无相关收费。
政务服务“秒批”事项50项，补贴资金秒到账。
外挂电梯加装补贴名单公示。
虚假证明材料的申请不予受理。
《关于办理网络赌博犯罪案件适用法律若干问题的意见》解读。
公开游泳场馆、电竞酒店卫生检查结果。
黄色预警信号发布后，及时在网站公开信息。
成人教育、成人高考视频课程信息公开。
国有企业（金沙镇、太阳城小区）改制信息公开。
预算金额为¥500000元，采购公告在政府采购网发布。
文件名为2024_工作年度报告，另附下载地址。
统计期限为1月1日至12月31日★本年度新增栏目3个。
建设银行贷款平台注册企业200家。
本机关官网手机版、安卓版均可查询。
半岛体育中心、星空体育公园的收费标准已公布。
举办基金年会和青少年体育投掷项目比赛。
系统支持GitHub Windows版，附件为JPG电子版。
"""


@pytest.mark.parametrize("sentence", TRUE.splitlines())
def test_true_sentences_stay_silent(sentence: str) -> None:
    assert [sentence[s.start : s.end] for s in stretches(sentence, RULE)] == []


INJECTED = [
    SPAM,
    "主动公开信息开云体育共计81条。",
    "主动公开信息爱游戏官网共计81条。",
    "主动公开信息ＰＧ电子试玩共计81条。",
    "主动公开信息樂魚體育共计81条。",
    "主动公开信息球探比分共计81条。",
    "根据《政府信息公开条例最新澳门葡京官网》有关规定。",
    "我局认真贯彻落实老虎机游戏网址政府信息公开工作部署。",
    "主动公开信息六合彩开奖直播共计81条。",
    "主动公开信息 时 时 彩 平台共计81条。",
    "主动公开信息时\u200b时\u200d彩平台共计81条。",
    "主动公开信息百·家·乐平台共计81条。",
    "主动公开信息ｂｅｔ３６５手机版共计81条。",
    "主动公开信息b e t 3 6 5官网共计81条。",
    "主动公开信息賭博網站大全共计81条。",
    "主动公开信息澳門永利官網共计81条。",
    "主动公开信息真人娛樂平台共计81条。",
    "主动公开信息线上棋牌官网app下载共计81条。",
    "结合本单位棋牌娱乐平台注册送38元实际。",
    "结合本单位彩票app官方下载实际。",
    "结合本单位最新彩票平台实际。",
    "结合本单位足球比分_足球即时实际。",
    "结合本单位必中计划群实际。",
    "认真做好成人视频在线观看公开工作。",
    "认真做好同城约炮公开工作。",
    "认真做好ａｖ在线公开工作。",
    "代开正规发票加微信fp8888x，点数优惠。",
    "办证刻章电话13812345678。",
    "无抵押当天放款，联系QQ12345678。",
    "不看征信秒下款的网贷口子。",
    "访问www.js3366.com体育娱乐领取优惠。",
    "更多内容见https://abc.top/最新网址入口。",
    "全讯网zx888.cc导航。",
    "传奇私服发布网站。",
    "论文代写价格优惠。",
    "最新版登录入口手机版网页版。",
    "政务公开工作_官网首页要求。",
    "幸\u00ad运\u2060飞\ufeff艇技巧。",
    "電競官網下載。",
]


@pytest.mark.parametrize("sentence", INJECTED)
def test_injected_advertising_is_found(sentence: str) -> None:
    assert stretches(sentence, RULE)


def injected(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.rule == "text-injected"]


def test_every_text_is_read_and_named() -> None:
    report = zeros(
        texts={"引言": SPAM, "六": f"无。\n\n{SPAM}"},
        notes={"注1": "当年未统计六合彩投注网。", "注2": "含上年数。"},
        explanations={"stock:t2.documents": Explanation("清理。百家乐官网", "已说明")},
        marks={"t2.documents.made": "注1"},
    )
    found = injected(check(report))
    assert [f.place for f in found] == ["引言", "六", "notes.注1", "explanations.stock:t2.documents"]
    assert [(f.section, f.paragraph) for f in found[:2]] == [("引言", 0), ("六", 2)]
    assert found[0].message.startswith("引言有") and "第 3 段" in found[1].message
    assert found[2].message == "注1有疑似植入的广告：第 1 段“当年未统计【六合彩投注】网。”。"
    assert "“stock:t2.documents”的审核说明有" in found[3].message


def test_texts_that_are_absent_do_not_hide_a_note() -> None:
    (found,) = injected(check(zeros(notes={"注1": "六合彩官网"})))
    assert found.section == ""


def test_an_import_is_warned_and_a_form_refused() -> None:
    report = zeros(texts={"一": SPAM})
    assert [f.level for f in injected(audit(report))] == ["error"]
    assert [f.level for f in injected(audit(report, Context(imported=True)))] == ["warning"]


def test_a_stretch_is_a_slice_of_what_was_typed() -> None:
    text = "概况。\n主动公开时\u200b 时彩，以及老虎机网址。"
    assert [text[s.start : s.end] for s in stretches(text, RULE)] == ["时\u200b 时彩", "老虎机网址"]
    assert [s.paragraph for s in stretches(text, RULE)] == [1, 1]


@pytest.mark.parametrize(("filler", "found"), [(8, False), (13, False), (14, True), (30, True)])
def test_an_excuse_counts_only_near_by(filler: int, found: bool) -> None:
    """`before` = 14 characters, the excuse's own two among them."""
    assert bool(stretches(f"打击{'甲' * (filler - 1)}六合彩", RULE)) is found


def test_a_paragraph_of_any_length_is_read_to_its_end() -> None:
    text = "主动公开信息。" * 5000 + "六合彩官网" + "主动公开信息。" * 5000
    assert [text[s.start : s.end] for s in stretches(text, RULE)] == ["六合彩官网"]


def test_a_city_adds_words_and_can_not_break_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "市级设置.toml"
    path.write_text("[text-injected]\npatterns_vice = ['金手指']\ntraditional = ['']\n", "utf-8")
    rules = catalogue().with_settings(path)
    assert stretches("主动公开金手指", rules["text-injected"]) and not stretches(
        "六合彩", rules["text-injected"]
    )
    path.write_text("[text-injected]\npatterns_vice = ['(']\n", "utf-8")
    with pytest.raises(CatalogueError, match="不是有效的正则表达式"):
        catalogue().with_settings(path)
