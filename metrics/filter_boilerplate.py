"""Lines that web pages wrap around their text: cookies, log-in, menus, copyright, sharing, in both languages."""

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from .filter_columns import Shares

if TYPE_CHECKING:
    import pyarrow as pa

SHORT_EN, SHORT_ZH = 160, 60  # characters; what is longer is text, whatever it speaks of
# A rest of the line is given a bound, so that a sentence about cookies is not eaten up by its first words.
_ENGLISH = r"""
(?:we|this (?:web)?site|our (?:web)?site) uses? cookies[^.]{0,90}
(?:by (?:continuing|using|browsing|clicking)[^.]{0,50}, )?you (?:agree|consent) to (?:our|the) use of cookies
by (?:continuing|signing up|registering|clicking)[^.]{0,50}you (?:agree|accept|consent) to[^.]{0,60}
accept (?:all )?cookies|cookie (?:settings|policy|preferences)|manage cookies|privacy (?:policy|notice|statement)
terms (?:of (?:use|service)|and conditions)|terms & conditions|all rights reserved|copyright|©
log ?in|log ?out|sign ?in|sign ?up|sign ?out|register now|register|forgot (?:your )?password|create an account
subscribe now|subscribe to our newsletter|subscribe|unsubscribe|newsletter|add to (?:cart|basket|wish ?list)
view cart|checkout|share (?:this|on|via|to)(?: (?:page|article|post|facebook|twitter|linkedin|weibo|wechat|email|by))*
(?:follow|like|find|join) us on|tweet this|print this page|email this|leave a (?:reply|comment)|post a comment
read more|learn more|load more|show more|view all|see all|click here(?: to [^.]{0,50})?|back to top
skip to (?:main )?content|(?:previous|next) (?:page|post|article)|home ?page|site ?map|contact us|about us|home|menu
powered by|site by|your browser does not support[^.]{0,60}|please enable (?:javascript|cookies)[^.]{0,60}
javascript is (?:disabled|required)|page not found|404 error|advertisement|related (?:posts|articles|products)
"""
_CHINESE = r"""
(?:我们|本站|本网站|我們|本網站)(?:会|将|將|會)?使用 ?(?:cookies?|小型文本文件)[^。]{0,45}
接受(?:所有|全部)? ?cookies?|(?:继续|繼續)(?:使用|浏览|瀏覽)[^。]{0,25}同意[^。]{0,30}
cookie ?(?:设置|政策|設定|偏好设置)|(?:隐私|隱私)(?:政策|声明|聲明|条款|權政策|权政策)|(?:服务|使用|服務)(?:条款|條款)
(?:版权|版權)所有|保留(?:所有|一切)(?:权利|權利)|©|登录|登錄|登入|登出|退出登录|注册|註冊|立即注册|忘记密码|忘記密碼
创建(?:账户|帐户|账号)|免费注册|订阅(?:我们的)?(?:新闻|邮件|时事通讯|通讯)?|訂閱|取消订阅|加入(?:购物车|購物車)
查看购物车|结账|收藏本(?:站|页)|分享(?:到|至|此|本)(?:微信|微博|朋友圈|脸书|推特|页面|文章|文|页|[A-Za-z]{2,12})*
一键分享|关注我们|關注我們|扫码关注|扫一扫|阅读更多|閱讀更多|了解更多|查看更多|加载更多|显示更多|查看全部
点击(?:这里|此处)[^。]{0,25}|返回(?:顶部|首页)|回到顶部|跳至(?:主要)?内容|上一(?:页|篇)|下一(?:页|篇)
网站(?:首页|地图)|首页|首頁|菜单|联系我们|聯絡我們|关于我们|關於我們|打印本页|发表评论|我要评论|技术支持[:：]
(?:您的)?浏览器不支持[^。]{0,30}|请(?:启用|开启) ?(?:javascript|cookies?)[^。]{0,30}
页面(?:未找到|不存在)|正在加载|相关(?:文章|阅读|产品)|广告
"""


# What the phrases hold, without their gaps: found in whole columns at once, before the phrases are looked for.
_SIGNS_EN = r"""
\b(?:uses? cookies|you (?:agree|accept|consent) to|accept (?:all )?cookies|cookie (?:sett|pol|pref)|manage cookies
privacy (?:pol|not|stat)|terms (?:of|and|&) |rights reserved|copyright|log ?in|log ?out|sign ?in|sign ?up|sign ?out
register|password|an account|subscribe|unsub|newsletter|add to (?:cart|bask|wish)|view cart|checkout
share (?:this|on|via|to)|(?:follow|like|find|join) us|tweet|(?:print|email) this|leave a|post a
(?:read|learn|load|show) more|view all|see all|click here|back to top|skip to|(?:previous|next) (?:page|post|art)
home|site ?map|contact us|about us|menu|powered by|site by|your browser|please enable|javascript is
page not found|404 error|advertise|related (?:posts|art|prod))|©
"""
_SIGNS_ZH = r"""
使用 ?cookie|小型文本文件|接受(?:所有|全部)? ?cookie|(?:继续|繼續)(?:使用|浏览|瀏覽)|cookie ?(?:设|政|設|偏)
(?:隐私|隱私)(?:政|声|聲|条|權|权)|(?:服务|使用|服務)(?:条款|條款)|(?:版权|版權)所有|保留(?:所有|一切)|©
登录|登錄|登入|登出|注册|註冊|(?:忘记|忘記)密|创建[账帐]|订阅|訂閱|加入(?:购|購)|购物车|结账|收藏本|分享[到至此本]
一键分享|(?:关注|關注)我|扫码|扫一扫|(?:阅读|閱讀|了解|查看|加载|显示)更多|查看全部|点击[这此]|返回[顶首]|回到顶部
跳至|[上下]一[页篇]|网站[首地]|首页|首頁|菜单|联系我们|聯絡我們|关于我们|關於我們|打印本|发表评论|我要评论
技术支持|浏览器不|请(?:启用|开启)|页面[未不]|正在加载|相关(?:文章|阅读|产品)|广告
"""


def boilerplate(en: "pa.ChunkedArray", zh: "pa.ChunkedArray") -> Shares:
    """By row, the share of its letters and digits that are such phrases, 0..1: of the side that has the more of them.

    Columns of texts without null. Sides of more than 160 English or 60 Chinese characters have 0.

    >>> import pyarrow as pa
    >>> en, zh = ["Share this page", "Otters share fish"], ["分享到微信", "水獭分享鱼"]
    >>> boilerplate(pa.chunked_array([en]), pa.chunked_array([zh])).tolist()
    [1.0, 0.0]
    """
    english, chinese = _covered(en, SHORT_EN, _SIGNS_EN, _ENGLISH), _covered(zh, SHORT_ZH, _SIGNS_ZH, _CHINESE)
    return np.maximum(english, chinese)


def _covered(texts: "pa.ChunkedArray", short: int, signs: str, phrases: str) -> Shares:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.zeros(len(texts))
    rows = np.flatnonzero(pc.call_function("utf8_length", [texts]).to_numpy() <= short)
    if not len(rows):
        return found
    lines = texts.take(pa.array(rows))
    wanted = pc.MatchSubstringOptions(_joined(signs), ignore_case=True)
    hits = np.flatnonzero(pc.call_function("match_substring_regex", [lines], wanted).to_numpy())
    pattern = _pattern(phrases)
    for row, text in zip(rows[hits].tolist(), lines.take(pa.array(hits)).to_pylist(), strict=True):
        covered = sum(sum(map(str.isalnum, match[0])) + (match[0] == "©") for match in pattern.finditer(text))
        found[row] = min(covered / max(sum(map(str.isalnum, text)), 1), 1.0)
    return found


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    """The phrases as whole words."""
    return re.compile(rf"(?<![A-Za-z])(?:{_joined(phrases)})(?![A-Za-z])", re.IGNORECASE)


def _joined(lines: str) -> str:
    return lines.strip().replace("\n", "|")
