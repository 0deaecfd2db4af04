"""Documents of the shapes that people write in Markdown, read whole: every record, as a careful reader has it."""

from textwrap import fill
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align import pair_records
from duizhao.corpora import DuizhaoError, Record, document_from_bytes, extract

STONE_EN = (
    "Sea otters carry a favourite stone under one arm for most of their lives. We followed twelve otters through "
    "a winter and filmed every meal. Nine of them used the same stone for more than two hundred days, and none "
    "of them ever lent it to a neighbour."
)
STONE_ZH = (
    "海獭一生中的大部分时间都把一块心爱的石头夹在腋下。我们跟踪了十二只海獭一整个冬天，拍下了它们的每一顿饭。"
    "其中九只使用同一块石头超过二百天，而且没有一只把石头借给过邻居。"
)
TEA_EN = (
    "Green tea cools at a rate that depends on the shape of the cup. We measured forty cups in three tea houses "
    "and fitted a simple model with two parameters. The model predicts the moment at which the tea may be drunk "
    "with an error of six seconds."
)
TEA_ZH = (
    "绿茶冷却的速度取决于茶杯的形状。我们在三家茶馆里测量了四十只茶杯，并拟合了一个只有两个参数的简单模型。"
    "该模型预测茶可以入口的时刻，误差为六秒。"
)
HUM_EN = (
    "Stone bridges hum when the wind comes from the north. We recorded the hum of seven bridges for one year and "
    "compared it with the water level below. The pitch of the hum follows the water level closely, so that a "
    "careful listener can tell when a flood is near."
)
HUM_ZH = (
    "北风吹来的时候，石桥会发出嗡嗡的声音。我们把七座桥的声音录了一年，并与桥下的水位作了比较。"
    "声音的高低与水位十分吻合，因此细心的人可以听出洪水何时将至。"
)
FERRY_EN = (
    "A ferry without a timetable waits until it is full. We model the patience of its passengers as a queue in "
    "which everybody may leave. The waiting time is shortest when the ferryman tells jokes."
)
FERRY_ZH = (
    "没有时刻表的渡船要等到坐满才开。我们把乘客的耐心建模为一个人人都可以离开的队列。当船夫讲笑话时，等待的时间最短。"
)
LAMP_EN = (
    "Lanterns on the river were long thought to drift at random. We show that they gather behind the third "
    "pillar of every bridge within ten minutes. A small change of the pillar sets them free again."
)
LAMP_ZH = (
    "人们一直以为河上的灯笼是随意漂流的。我们证明它们会在十分钟之内聚集到每座桥的第三根桥墩后面。"
    "只要稍微改动桥墩，它们就能重新漂走。"
)
HERON_EN = (
    "Herons stand on one leg while they wait for fish. We counted the seconds for which each leg was used and "
    "found no difference between left and right. The fish, however, preferred to pass on the left."
)
HERON_ZH = "苍鹭等鱼的时候用一条腿站立。我们数了每条腿使用的秒数，发现左腿和右腿没有差别。不过鱼更喜欢从左边游过。"

FIELDS = (
    "title_en", "title_zh", "authors", "url", "abstract_en", "abstract_zh", "key_points_zh", "summary_zh",
    "text_en", "text_zh",
)  # fmt: skip


def records(text: str) -> tuple[Record, ...]:
    return extract([document_from_bytes(text.encode(), "page.md")]).records


def shown(text: str) -> list[dict[str, Any]]:
    """The kind of each record and those of the fields that it has."""
    return [
        {"kind": record.kind, **{name: value for name in FIELDS if (value := getattr(record, name))}}
        for record in records(text)
    ]


def passage(en: str, zh: str) -> dict[str, Any]:
    return {"kind": "passage", "text_en": en, "text_zh": zh}


def abstract(title: str, en: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"kind": "abstract", "title_en": title, "abstract_en": en, "abstract_zh": zh, **more}


STONE, TEA, HUM = passage(STONE_EN, STONE_ZH), passage(TEA_EN, TEA_ZH), passage(HUM_EN, HUM_ZH)
FERRY, LAMP, HERON = passage(FERRY_EN, FERRY_ZH), passage(LAMP_EN, LAMP_ZH), passage(HERON_EN, HERON_ZH)

# ---------------------------------------------------------------------------------------------------------------------
# 1. A whole paper, paragraph and translation in turn

CHINESE_THEN_QUOTE = f"""\
# On the Stones of Otters

>Anna Berg, Bert
>Kolk, and Carla Dane
>
>River School of Otter Studies, University of the Delta

## Abstract

{STONE_ZH}

>{STONE_EN}

## 1 Introduction

{TEA_ZH}

> {TEA_EN}

![stone.png](otters/stone.png)

图 1. 海獭最喜欢的石头，从左到右按重量排列。

>Fig. 1. The favourite stones of the otters, ordered by weight from left to right.

{HUM_ZH}

> {HUM_EN}
"""
FIGURE = passage(
    "Fig. 1. The favourite stones of the otters, ordered by weight from left to right.",
    "图 1. 海獭最喜欢的石头，从左到右按重量排列。",
)
STONES_PAPER = abstract("On the Stones of Otters", STONE_EN, STONE_ZH, authors=("Anna Berg", "Bert Kolk", "Carla Dane"))

ENGLISH_THEN_CHINESE = f"""\
# The Humming of Old Bridges

# 老桥的嗡鸣

## Abstract

## 摘要

{HUM_EN}

{HUM_ZH}

## 1 Introduction

## 1 引言

{FERRY_EN}

{FERRY_ZH}

{LAMP_EN}

{LAMP_ZH}

## 2 Conclusion

## 2 结论

{HERON_EN}

{HERON_ZH}
"""

QUOTE_THEN_CHINESE = f"""\
# 茶要烫多久

## 1. 引言

> {TEA_EN}

{TEA_ZH}

> {STONE_EN}

{STONE_ZH}

## 2. 结果

> {LAMP_EN}

{LAMP_ZH}
"""

LIGATURES_EN = (
    "We ﬁnd that the ﬂow below a bridge is best described by two neural net- works, of which one has eﬃcient "
    "layers only. Both were trained on the hum of seven bridges."
)
LIGATURES_ZH = "我们发现，桥下的水流最好用两个神经网络来描述，其中一个只有高效的层。两者都用七座桥的嗡鸣声训练。"
FORMULA_ZH = """\
灯笼的速度由下式给出
![](http://formulas.example.org/svg?v_{t}(\\mathbf{x})=\\exp\\left(a\\right))
其中
![](http://formulas.example.org/svg?a)
是桥墩的宽度，单位是米。"""
FORMULA_EN = "The speed of a lantern is given by the formula above, where a is the width of the pillar in metres."
SPLIT_BY_FORMULAS = f"""\
# Lanterns behind Pillars

## 1 Method

{LIGATURES_ZH}

> {LIGATURES_EN}

{FORMULA_ZH}

> {FORMULA_EN}

## 2 Results

{LAMP_ZH}

> {LAMP_EN}
"""

NO_HEADINGS = "\n\n".join([STONE_EN, STONE_ZH, TEA_EN, TEA_ZH, HUM_EN, HUM_ZH, FERRY_EN, FERRY_ZH])

UNTRANSLATED_PARAGRAPH = f"""\
# Ferries without Timetables

## 1 Introduction

{FERRY_ZH}

> {FERRY_EN}

## 2 Herons

{HERON_ZH}

## 3 Lanterns

{LAMP_ZH}

> {LAMP_EN}
"""

UNTRANSLATED_BETWEEN = f"""\
# Ferries without Timetables

## 1 Introduction

{FERRY_ZH}

> {FERRY_EN}

{HUM_ZH}

{LAMP_ZH}

> {LAMP_EN}

## 2 Tea

{TEA_ZH}

> {TEA_EN}
"""

INTERLEAVED = {
    "Chinese, then a quote": (CHINESE_THEN_QUOTE, [STONES_PAPER, TEA, FIGURE, HUM]),
    "English, then Chinese": (
        ENGLISH_THEN_CHINESE,
        [
            abstract("The Humming of Old Bridges", HUM_EN, HUM_ZH, title_zh="老桥的嗡鸣"),
            {"kind": "title", "title_en": "1 Introduction", "title_zh": "1 引言"},
            FERRY,
            LAMP,
            {"kind": "title", "title_en": "2 Conclusion", "title_zh": "2 结论"},
            HERON,
        ],
    ),
    "a quote, then Chinese": (QUOTE_THEN_CHINESE, [{"kind": "zh_only", "title_zh": "茶要烫多久"}, TEA, STONE, LAMP]),
    "formulas and ligatures": (
        SPLIT_BY_FORMULAS,
        [
            {"kind": "missing_zh", "title_en": "Lanterns behind Pillars"},
            passage(LIGATURES_EN, LIGATURES_ZH),
            passage(FORMULA_EN, FORMULA_ZH),
            LAMP,
        ],
    ),
    "no headings": (NO_HEADINGS, [STONE, TEA, HUM, FERRY]),
    "a section without translation": (
        UNTRANSLATED_PARAGRAPH,
        [
            {"kind": "missing_zh", "title_en": "Ferries without Timetables"},
            FERRY,
            {"kind": "zh_only", "text_zh": HERON_ZH},
            LAMP,
        ],
    ),
    "a paragraph without translation": (
        UNTRANSLATED_BETWEEN,
        [
            {"kind": "missing_zh", "title_en": "Ferries without Timetables"},
            FERRY,
            {"kind": "zh_only", "text_zh": HUM_ZH},
            LAMP,
            TEA,
        ],
    ),
}

# ---------------------------------------------------------------------------------------------------------------------
# 2. Title, English, Chinese, and no label

WRAPPED_EN, WRAPPED_ZH = fill(STONE_EN, 72), "\n".join(STONE_ZH[k : k + 35] for k in range(0, len(STONE_ZH), 35))
WRAPPED_EN_2, WRAPPED_ZH_2 = fill(HUM_EN, 72), "\n".join(HUM_ZH[k : k + 35] for k in range(0, len(HUM_ZH), 35))

UNLABELLED = {
    "EEEZZZ": (
        f"### STONES AND CUPS\n\n{STONE_EN}\n\n{TEA_EN}\n\n{HUM_EN}\n\n{STONE_ZH}\n\n{TEA_ZH}\n\n{HUM_ZH}\n",
        [abstract("STONES AND CUPS", f"{STONE_EN}\n{TEA_EN}\n{HUM_EN}", f"{STONE_ZH}\n{TEA_ZH}\n{HUM_ZH}")],
    ),
    "EZEZ": (
        f"### Ferry and Heron: a River Story\n\n{FERRY_EN}\n\n{FERRY_ZH}\n\n{HERON_EN}\n\n{HERON_ZH}\n",
        [abstract("Ferry and Heron: a River Story", f"{FERRY_EN}\n{HERON_EN}", f"{FERRY_ZH}\n{HERON_ZH}")],
    ),
    "ZE": (
        f"### Lanterns Gather Behind Pillars\n\n{LAMP_ZH}\n\n{LAMP_EN}\n",
        [abstract("Lanterns Gather Behind Pillars", LAMP_EN, LAMP_ZH)],
    ),
    "three to one": (
        f"### Three Rivers\n\n{FERRY_EN}\n\n{LAMP_EN}\n\n{HERON_EN}\n\n{FERRY_ZH}{LAMP_ZH}{HERON_ZH}\n",
        [abstract("Three Rivers", f"{FERRY_EN}\n{LAMP_EN}\n{HERON_EN}", f"{FERRY_ZH}{LAMP_ZH}{HERON_ZH}")],
    ),
    "no blank line after the title, no final line end": (
        f"### How Hot Is Tea?\n{TEA_EN}\n\n{TEA_ZH}",
        [abstract("How Hot Is Tea?", TEA_EN, TEA_ZH)],
    ),
    "no blank lines at all": (f"### Cups\n{TEA_EN}\n{TEA_ZH}\n", [abstract("Cups", TEA_EN, TEA_ZH)]),
    "English again": (
        f"### Cups 4D: Tea from Above\n\n{TEA_EN}\n\n{TEA_EN}\n",
        [{"kind": "untranslated", "title_en": "Cups 4D: Tea from Above", "abstract_en": TEA_EN}],
    ),
    "two English paragraphs again": (
        f"### Cups\n\n{TEA_EN}\n\n{HUM_EN}\n\n{TEA_EN}\n\n{HUM_EN}\n",
        [{"kind": "untranslated", "title_en": "Cups", "abstract_en": f"{TEA_EN}\n{HUM_EN}"}],
    ),
    "no Chinese": (
        f"### Herons on One Leg\n\n{HERON_EN}\n",
        [{"kind": "missing_zh", "title_en": "Herons on One Leg", "abstract_en": HERON_EN}],
    ),
    "several in one file": (
        f"### Tea in Three Houses\n\n{TEA_EN}\n\n{TEA_ZH}\n\n### Herons on One Leg\n\n{HERON_EN}\n\n"
        f"### Ferry and Lamp\n{FERRY_EN}\n\n{LAMP_EN}\n\n{FERRY_ZH}\n\n{LAMP_ZH}",
        [
            abstract("Tea in Three Houses", TEA_EN, TEA_ZH),
            {"kind": "missing_zh", "title_en": "Herons on One Leg", "abstract_en": HERON_EN},
            abstract("Ferry and Lamp", f"{FERRY_EN}\n{LAMP_EN}", f"{FERRY_ZH}\n{LAMP_ZH}"),
        ],
    ),
    "wrapped at 72 columns": (
        f"### Stones under Arms\n\n{WRAPPED_EN}\n\n{WRAPPED_EN_2}\n\n{WRAPPED_ZH}\n\n{WRAPPED_ZH_2}\n",
        [abstract("Stones under Arms", f"{WRAPPED_EN}\n{WRAPPED_EN_2}", f"{WRAPPED_ZH}\n{WRAPPED_ZH_2}")],
    ),
    "wrapped, title and languages without a blank line": (
        f"### Stones under Arms\n{WRAPPED_EN}\n{WRAPPED_ZH}\n",
        [abstract("Stones under Arms", WRAPPED_EN, WRAPPED_ZH)],
    ),
}

# ---------------------------------------------------------------------------------------------------------------------
# 3. Cards

URL = "https://example.org/abs/2101.00007"

BOLD_LABELS = f"""\
# The Humming of Old Bridges

- **标题**：老桥的嗡鸣
- **作者**：Dora Elm, Emil Fink
- **链接**：{URL}
- **发布日期**：2021-01-05

**英文摘要**：{HUM_EN}

**中文摘要**：{HUM_ZH}
"""

DETAILS = f"""\
## [How Long Tea Stays Too Hot]({URL})

**Authors**: Gus Hill, Ida Jung

<details>
<summary>Abstract</summary>

{TEA_EN}

</details>

<details><summary>中文摘要</summary>

{TEA_ZH}

</details>
"""

FRONT_MATTER = f"""\
---
layout: paper
title: "Lanterns Gather Behind Pillars"
title_zh: "灯笼聚集在桥墩后面"
authors: Kai Lund, Lea Moss
url: {URL}
date: 2021-01-05
tags: [river, lantern]
---

## Abstract

{LAMP_EN}

## 摘要

{LAMP_ZH}
"""

METADATA_TABLE = f"""\
# Ferries without Timetables

| 项目 | 内容 |
|------|------|
| 中文标题 | 没有时刻表的渡船 |
| 作者 | Nora Oak, Otto Pine |
| 链接 | [arXiv]({URL}) |
| 日期 | 2021-01-05 |

## 英文摘要

{FERRY_EN}

## 中文摘要

{FERRY_ZH}
"""

ORIGINAL_AT_END = f"""\
# Herons Stand on One Leg

<div class="toolbar">
  <a href="{URL}" class="btn">📄 arXiv: 2101.00007v2</a>
  <button onclick="share(this)">🔗 分享</button>
</div>

**作者**: Q. Reed, R. Stone

---

## 💡 一句话要点

**用秒表证明苍鹭的左右腿没有差别**

**关键词**: `苍鹭` `左右` `秒表`

## 📋 核心要点

1. 以往的研究只观察苍鹭的一条腿，因此无法比较左右。
2. 本文用两只秒表同时记录两条腿的时间，并请渔夫复核。

## 📝 摘要（中文）

{HERON_ZH}

## 🔬 方法详解

**问题定义**：以往的观察者站在河的同一边，看不到另一条腿。

**关键设计**：两名观察者分别站在河的两岸，各拿一只秒表。

## 🎯 应用场景

该方法可用于渔业、公园管理以及单腿站立比赛的裁判工作。

## 📄 摘要（原文）

> {HERON_EN}
"""

TWO_CARDS = f"""\
# Tea in Three Houses

**Authors:** Sam Tarn, Uma Vale
**链接：** {URL}

**Abstract:** {TEA_EN}

**摘要：** {TEA_ZH}

---

# Lanterns Gather Behind Pillars

**Authors:** Wim Yew
**链接：** {URL}2

**Abstract:** {LAMP_EN}

**摘要：** {LAMP_ZH}
"""

TITLE_LABELS = f"""\
**标题**：Stones under Arms

**中文标题**：腋下的石头

**作者**：Zoe Ash, Ben Birch 等

**摘要**：{STONE_EN}

**翻译**：{STONE_ZH}

---

**标题**：Tea in Three Houses

**中文标题**：三家茶馆里的茶

**作者**：Cleo Dale

**摘要**：{TEA_EN}

**翻译**：{TEA_ZH}
"""

ONE_HEADING = f"""\
## Herons Stand on One Leg | 苍鹭用一条腿站立

{HERON_EN}

{HERON_ZH}

## The Humming of Old Bridges（老桥的嗡鸣）

{HUM_EN}

{HUM_ZH}
"""

EMOJI = f"""\
## Stones under Arms

**Anna Berg, Bert Kolk**

🔗 **Link:** <{URL}>
📄 **Abstract:** {STONE_EN}
📝 **中文摘要:** {STONE_ZH}
"""

NAMES_ALONE = f"""\
Stones under Arms

Anna Berg, Bert Kolk

Abstract

{STONE_EN}

摘要

{STONE_ZH}

Keywords: stone; otter
关键词：石头；海獭
"""

CARDS = {
    "signs before labels, authors in bold": (
        EMOJI, [abstract("Stones under Arms", STONE_EN, STONE_ZH, authors=("Anna Berg", "Bert Kolk"), url=URL)]
    ),
    "labels that fill their lines": (
        NAMES_ALONE, [abstract("Stones under Arms", STONE_EN, STONE_ZH, authors=("Anna Berg", "Bert Kolk"))]
    ),
    "labels in bold": (
        BOLD_LABELS,
        [
            abstract(
                "The Humming of Old Bridges", HUM_EN, HUM_ZH,
                title_zh="老桥的嗡鸣", authors=("Dora Elm", "Emil Fink"), url=URL,
            )
        ],
    ),
    "details": (
        DETAILS,
        [abstract("How Long Tea Stays Too Hot", TEA_EN, TEA_ZH, authors=("Gus Hill", "Ida Jung"), url=URL)],
    ),
    "front matter": (
        FRONT_MATTER,
        [
            abstract(
                "Lanterns Gather Behind Pillars", LAMP_EN, LAMP_ZH,
                title_zh="灯笼聚集在桥墩后面", authors=("Kai Lund", "Lea Moss"), url=URL,
            )
        ],
    ),
    "a table of metadata": (
        METADATA_TABLE,
        [
            abstract(
                "Ferries without Timetables", FERRY_EN, FERRY_ZH,
                title_zh="没有时刻表的渡船", authors=("Nora Oak", "Otto Pine"), url=URL,
            )
        ],
    ),
    "the original at the end": (
        ORIGINAL_AT_END,
        [
            abstract(
                "Herons Stand on One Leg", HERON_EN, HERON_ZH, authors=("Q. Reed", "R. Stone"), url=URL,
                key_points_zh=(
                    "以往的研究只观察苍鹭的一条腿，因此无法比较左右。",
                    "本文用两只秒表同时记录两条腿的时间，并请渔夫复核。",
                ),
                summary_zh="用秒表证明苍鹭的左右腿没有差别",
            )
        ],
    ),
    "two cards": (
        TWO_CARDS,
        [
            abstract("Tea in Three Houses", TEA_EN, TEA_ZH, authors=("Sam Tarn", "Uma Vale"), url=URL),
            abstract("Lanterns Gather Behind Pillars", LAMP_EN, LAMP_ZH, authors=("Wim Yew",), url=f"{URL}2"),
        ],
    ),
    "labelled titles": (
        TITLE_LABELS,
        [
            abstract("Stones under Arms", STONE_EN, STONE_ZH, title_zh="腋下的石头", authors=("Zoe Ash", "Ben Birch")),
            abstract("Tea in Three Houses", TEA_EN, TEA_ZH, title_zh="三家茶馆里的茶", authors=("Cleo Dale",)),
        ],
    ),
    "both titles in a heading": (
        ONE_HEADING,
        [
            abstract("Herons Stand on One Leg", HERON_EN, HERON_ZH, title_zh="苍鹭用一条腿站立"),
            abstract("The Humming of Old Bridges", HUM_EN, HUM_ZH, title_zh="老桥的嗡鸣"),
        ],
    ),
}  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------------
# 4. Digests with numbers

DIGEST = f"""\
# 河流论文日报 2021-01-05

## 目录

- [1. Stones under Arms](#1)
- [2. Tea in Three Houses](#2)

---

## 1. Stones under Arms

**Authors:** Ada Brook, Carl Dune

**Link:** {URL}

**Abstract:** {STONE_EN}

**摘要：** {STONE_ZH}

---

## 2. Tea in Three Houses

**Authors:** Eve Fell

**Link:** {URL}2

**Abstract:** {TEA_EN}

**摘要：** {TEA_ZH}
"""

DIGEST_TLDR = f"""\
# Daily River Papers

1. Herons Stand on One Leg
2. The Humming of Old Bridges

## 1. [Herons Stand on One Leg]({URL})

*Gil Hope, Ina Jay*

**TL;DR** 苍鹭的两条腿一样累，不过鱼不知道这一点。

**Abstract:** {HERON_EN}

**摘要：** {HERON_ZH}

## 2. [The Humming of Old Bridges]({URL}2)

*Kim Lark, Max Nest et al.*

**TL;DR** 听桥的声音就能知道水位，洪水来时不必去看。

**Abstract:** {HUM_EN}

**摘要：** {HUM_ZH}
"""

DIGEST_BULLETS = f"""\
# 论文速递

### 1. Lanterns Gather Behind Pillars
- **中文标题**: 灯笼聚集在桥墩后面
- **作者**: Odo Pike, Pia Quill
- **论文链接**: [{URL}]({URL})
- **英文摘要**: {LAMP_EN}
- **中文摘要**: {LAMP_ZH}

### 2. Ferries without Timetables
- **中文标题**: 没有时刻表的渡船
- **作者**: Ray Sedge
- **论文链接**: [{URL}2]({URL}2)
- **英文摘要**: {FERRY_EN}
- **中文摘要**: {FERRY_ZH}
"""

DIGEST_CHINESE = f"""\
# 日报

## 1. 腋下的石头

**Stones under Arms**

**作者：** Anna Berg, Bert Kolk

**链接：** {URL}

**摘要：** {STONE_ZH}

**Abstract:** {STONE_EN}

## 2. 三家茶馆里的茶

**Tea in Three Houses**

**作者：** Cleo Dale

**链接：** {URL}2

**摘要：** {TEA_ZH}

**Abstract:** {TEA_EN}
"""

DIGEST_CONTENTS = f"""\
# Daily River Papers

1. Stones under Arms
2. Tea in Three Houses

# 1. Stones under Arms

{STONE_EN}

{STONE_ZH}

# 2. Tea in Three Houses

{TEA_EN}

{TEA_ZH}
"""

DIGEST_LINKS = f"""\
### [Stones under Arms]({URL})
[[PDF]]({URL}.pdf) [[Code]](https://code.example.org/stones)

Anna Berg, Bert Kolk

{STONE_EN}

{STONE_ZH}

### [Tea in Three Houses]({URL}2)
[[PDF]]({URL}2.pdf)

Cleo Dale

{TEA_EN}

{TEA_ZH}
"""

DIGESTS = {
    "Chinese titles": (
        DIGEST_CHINESE,
        [
            abstract(
                "Stones under Arms", STONE_EN, STONE_ZH,
                title_zh="腋下的石头", authors=("Anna Berg", "Bert Kolk"), url=URL,
            ),
            abstract(
                "Tea in Three Houses", TEA_EN, TEA_ZH,
                title_zh="三家茶馆里的茶", authors=("Cleo Dale",), url=f"{URL}2",
            ),
        ],
    ),
    "contents above": (
        DIGEST_CONTENTS,
        [abstract("Stones under Arms", STONE_EN, STONE_ZH), abstract("Tea in Three Houses", TEA_EN, TEA_ZH)],
    ),
    "links for titles": (
        DIGEST_LINKS,
        [
            abstract("Stones under Arms", STONE_EN, STONE_ZH, authors=("Anna Berg", "Bert Kolk"), url=URL),
            abstract("Tea in Three Houses", TEA_EN, TEA_ZH, authors=("Cleo Dale",), url=f"{URL}2"),
        ],
    ),
    "labels in English and Chinese": (
        DIGEST,
        [
            abstract("Stones under Arms", STONE_EN, STONE_ZH, authors=("Ada Brook", "Carl Dune"), url=URL),
            abstract("Tea in Three Houses", TEA_EN, TEA_ZH, authors=("Eve Fell",), url=f"{URL}2"),
        ],
    ),
    "a TL;DR each": (
        DIGEST_TLDR,
        [
            abstract(
                "Herons Stand on One Leg", HERON_EN, HERON_ZH, authors=("Gil Hope", "Ina Jay"), url=URL,
                summary_zh="苍鹭的两条腿一样累，不过鱼不知道这一点。",
            ),
            abstract(
                "The Humming of Old Bridges", HUM_EN, HUM_ZH, authors=("Kim Lark", "Max Nest"), url=f"{URL}2",
                summary_zh="听桥的声音就能知道水位，洪水来时不必去看。",
            ),
        ],
    ),
    "a bullet each": (
        DIGEST_BULLETS,
        [
            abstract(
                "Lanterns Gather Behind Pillars", LAMP_EN, LAMP_ZH,
                title_zh="灯笼聚集在桥墩后面", authors=("Odo Pike", "Pia Quill"), url=URL,
            ),
            abstract(
                "Ferries without Timetables", FERRY_EN, FERRY_ZH,
                title_zh="没有时刻表的渡船", authors=("Ray Sedge",), url=f"{URL}2",
            ),
        ],
    ),
}  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------------
# 5. No translation

COMMENT = "这篇文章很有意思，作者居然真的在河边坐了一整年，只为了听桥唱歌。我觉得结论可信，但样本太少，只有七座桥。"
POINTS = ("北风使桥唱歌，南风则完全没有这种作用;", "歌声的高低可以用来预报洪水的到来;")

COMMENTED = f"""\
## The Humming of Old Bridges

**Authors**: Dora Elm, Emil Fink

**Abstract**: {HUM_EN}

**解读**：{COMMENT}

**点评**：推荐给住在桥边、晚上又睡不着觉的读者。
"""
SUMMED_UP = f"""\
## The Humming of Old Bridges

**Abstract**: {HUM_EN}

**一句话总结**：在河边听桥唱歌，就能知道洪水什么时候到来。
"""
IN_POINTS = f"""\
## The Humming of Old Bridges

**Abstract**: {HUM_EN}

**要点**：
- {POINTS[0]}
- {POINTS[1]}
"""
COMMENTED_SECTIONS = f"""\
# The Humming of Old Bridges

## Abstract

{HUM_EN}

## 论文解读

{COMMENT}

## 实验亮点

作者一共录下了三千个小时的声音，其中一半是青蛙叫。
"""
BLOG_PARAGRAPHS = (
    "去年春天我搬到了河边的一间小屋，每天早上都能看见海獭在门口洗石头。邻居说它们已经在这里住了几十年。",
    "有一天我在报纸上读到这样一句话：",
    "我觉得这句话说得很对。后来我也捡了一块石头，放在口袋里，走到哪里就带到哪里。",
    "到了冬天河面结冰，海獭搬到了下游的桥边。我每个星期走两个小时去看它们一次，顺便给它们带一些贝壳。",
)
BLOG = f"""\
# 我在河边住了一年

{BLOG_PARAGRAPHS[0]}

{BLOG_PARAGRAPHS[1]}

> An otter without a stone is only a very wet cat.

{BLOG_PARAGRAPHS[2]}

{BLOG_PARAGRAPHS[3]}
"""
README = """\
# 茶杯计时器

[![build](https://img.example.org/build.svg)](https://ci.example.org) [![license](https://img.example.org/mit.svg)](LICENSE)

茶杯计时器根据茶杯的形状计算绿茶可以入口的时刻，误差不超过六秒，适合茶馆和办公室使用。

## 安装

```bash
# Install the timer and everything that it needs on your machine
pip install teacup-timer
```

## 使用

运行下面的命令，然后把茶杯放在摄像头前面，等待三秒钟即可看到结果。

```bash
teacup --shape round --minutes 5
```

The timer comes without any warranty for burnt tongues or cold tea.
"""
ENGLISH_README = f"""\
# Teacup Timer

[![build](https://img.example.org/build.svg)](https://ci.example.org)

[English](README.md) | [中文](README_zh.md)

{TEA_EN}

## Install

```
pip install teacup
```
"""
HUM_TITLE = "The Humming of Old Bridges"
NO_TRANSLATION = {
    "a commentary": (
        COMMENTED,
        [{"kind": "summary", "title_en": HUM_TITLE, "authors": ("Dora Elm", "Emil Fink"), "abstract_en": HUM_EN}],
    ),
    "one sentence": (
        SUMMED_UP,
        [
            {
                "kind": "summary",
                "title_en": HUM_TITLE,
                "abstract_en": HUM_EN,
                "summary_zh": "在河边听桥唱歌，就能知道洪水什么时候到来。",
            }
        ],
    ),
    "key points": (
        IN_POINTS,
        [{"kind": "summary", "title_en": HUM_TITLE, "abstract_en": HUM_EN, "key_points_zh": POINTS}],
    ),
    "sections of commentary": (
        COMMENTED_SECTIONS,
        [{"kind": "summary", "title_en": HUM_TITLE, "abstract_en": HUM_EN}],
    ),
    "a post that quotes a sentence": (
        BLOG,
        [{"kind": "zh_only", "title_zh": "我在河边住了一年", "abstract_zh": "\n".join(BLOG_PARAGRAPHS)}],
    ),
    "a README": (
        README,
        [
            {
                "kind": "zh_only",
                "title_zh": "茶杯计时器",
                "abstract_zh": "茶杯计时器根据茶杯的形状计算绿茶可以入口的时刻，误差不超过六秒，适合茶馆和办公室使用。",
            }
        ],
    ),
    "a README in English": (
        ENGLISH_README,
        [{"kind": "missing_zh", "title_en": "Teacup Timer", "abstract_en": TEA_EN}],
    ),
}

ALL = {**INTERLEAVED, **UNLABELLED, **CARDS, **DIGESTS, **NO_TRANSLATION}


@pytest.mark.parametrize(("text", "wanted"), ALL.values(), ids=ALL)
def test_shapes(text: str, wanted: list[dict[str, Any]]) -> None:
    assert shown(text) == wanted


LINES = sorted({line for text, _ in ALL.values() for line in text.split("\n")})
SIGNS = [
    "",
    "---",
    "```",
    "<!--",
    "-->",
    "<details>",
    "> ",
    "| a | b |",
    "|---|---|",
    "**要点**：",
    "[[PDF]](https://a.example)",
]


@given(st.lists(st.sampled_from([*LINES, *SIGNS]), min_size=1, max_size=25).map("\n".join))
def test_lines_in_any_order(text: str) -> None:
    """Whatever order: records whose fields are what the document says where their spans are, or an error of ours."""
    try:
        document = document_from_bytes(text.encode(), "page.md")
        found = extract([document])
    except DuizhaoError:
        return
    for record in found.records:
        for name in {"abstract_en", "abstract_zh", "text_en", "text_zh"} & set(record.spans):
            assert getattr(record, name) == "\n".join(document.text[a:b] for a, b in record.spans[name])
    for left in found.leftovers:
        assert document.text[slice(*left.span)] == left.text


def test_paragraphs_keep_their_places() -> None:
    """A paragraph wrapped by hand is one piece of its field."""
    (record,) = records(UNLABELLED["wrapped at 72 columns"][0])
    assert [len(record.spans[f"abstract_{side}"]) for side in ("en", "zh")] == [2, 2]


CONDENSED = f"### Cups\n\n{TEA_EN} {HUM_EN}\n\n绿茶冷却的速度取决于茶杯的形状，桥的声音则取决于水位。\n"


def test_a_condensed_translation_is_a_summary() -> None:
    (record,) = pair_records(records(CONDENSED)).records
    assert (record.kind, record.abstract_en) == ("summary", f"{TEA_EN} {HUM_EN}")


@pytest.mark.parametrize("shape", NO_TRANSLATION)
def test_what_is_no_translation_is_not_paired(shape: str) -> None:
    assert pair_records(records(NO_TRANSLATION[shape][0])).pairs == ()


def test_code_belongs_to_no_record() -> None:
    document = document_from_bytes(README.encode(), "page.md")
    assert "pip install" not in document.text
    assert "left out 2 code blocks of 7 lines" in document.notes


def test_a_menu_of_languages_is_no_title() -> None:
    found = extract([document_from_bytes(ENGLISH_README.encode(), "page.md")])
    assert [left.kind for left in found.leftovers if left.text == "English | 中文"] == ["noise"]


QUOTES = (
    "An otter without a stone is only a very wet cat.",
    "Tea is a kind of patience that one can drink.",
    "Every bridge has two ends and one opinion.",
)


def test_a_post_with_many_quotes_has_no_pairs() -> None:
    """Languages in turn, but what stands side by side is of no length to translate the other."""
    chinese = (STONE_ZH + TEA_ZH, HUM_ZH + LAMP_ZH, FERRY_ZH + HERON_ZH)
    parts = [part for zh, quote in zip(chinese, QUOTES, strict=True) for part in (zh, f"> {quote}")]
    text = "\n\n".join(["# 读书笔记", "## 一月", *parts[:4], "## 二月", *parts[4:], "## 三月", *parts]) + "\n"
    assert [
        record
        for record in records(text)
        if (record.abstract_en and record.abstract_zh) or (record.text_en and record.text_zh)
    ] == []
