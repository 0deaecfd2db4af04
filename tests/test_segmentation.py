import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.segmentation import sentences_en, sentences_zh

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

# One case a line; "|" marks the cuts and is no part of the text. Blanks around it belong to the text.
EN = """
Accuracy rises by 3.5 points.| Recall falls.
Several backbones, e.g. ResNet and ViT, were frozen.| The rest was tuned.
The last layer, i.e. The Head, is new.
As in Zhou et al. (2020), we clip the norm.
This follows Zhou et al. [12] closely.
The bound is due to Zhou et al.| We tighten it.
Fig. 3 shows the curve.| Tab. 2 lists the values.
By Eq. (4) and Sec. II the claim holds.| Thm. 2 follows.
See Figs. 2 and 3, cf. Appendix B.| It is short.
Machines vs. People is an old contest.
Dr. Lin met Prof. Okafor.| Mr. Hale did not come.
J. X. Wang and P. H. Moreau wrote it.| A. Singh proved it.
The proof of MaryK. Olsen is long.
Samples are i.i.d. Gaussian.| Labels are not.
Samples are i.i.d.| We prove a bound.
It waits ... and then it answers.
It waits...| Then it answers.
It waits…| Then it answers.
He called it "solved."| We do not.
He called it “solved.”| We do not.
"Is it solved?" he asked.| Nobody knew.
(This was known.)| We add a proof.
We stop early (see Fig. 2. It is clear there).| Then we measure.
Code is at https://example.org/a.b?c=d.e.| Data will follow.
Code is at https://example . org .| Enjoy it.
1. We collect pages.| 2. We align them.
A. Short texts come first.
Two steps: 1. We read.| 2. We write.
Does it scale?| Yes!| It does.
What works?!| Nothing does.
First part.  | Second part.
First part.\u00a0| Second part.
Baselines are weak.| pFedMe is not.
Baselines are weak.| wav2vec is stronger.
We compare min. cost and max. flow.
80% is enough.| 90% is better.| 12 runs agree.
The U.S. Senate voted.| The House did not.
It was sold in the U.S.| The price was low.
Version v1.2 is out.| v1.3 is not.
Use Python 3.11.| It is faster.
Node.js and Vue.js are used.| Both run here.
It uses Yahoo! Answers as a source.| It is old.
We evaluate on many tasks.|We also release code.
The word is short.[3]| The next is long.
Was it fixed?| No.| It broke again in No. 5 of the list.
We use cats, dogs, etc.| They are animals.
We use cats, dogs, etc. in all runs.
It ends at 5 p.m.| The next run starts then.
She has a Ph.D. Thesis on parsing.
Option B is Plan C.| We chose it.
It holds for all x.| Then y follows.
It is open today.| this is new.
pp. 3 and vol. 7 are lost.
Inputs are long; e.g. Books reach 900 pages.
It fell by approx. 30 ms.| So did cost.
Tokenised text ends so .| It starts so .
The level is 5 dB. |More is loud.
It gains 18 ? 50 points.
Alone
"""

ZH = """
模型很小。|速度很快。
这能行吗？|能！|那就好。
机器会做梦吗? |人会。
真快! |真准!
精度是75.4%。|召回是0.3。
样本是i.i.d.的，分布是固定的。
这是独立的i.i.d.假设。|我们不用它。
见Fig. 3与Eq. 4。|后文略。
方法由Zhou et al.提出。|我们改进它。
速度很快; 精度不高；成本更低。
他说：“今天先到这里。”|大家散了。
他说：「今天先到这里。」|大家散了。
“你来吗？”他问道。|没有人回答。
“你来吗？”，他又问了一遍。
本文讨论“是什么？为什么？”两个问题。|答案很短。
本文讨论"是什么？为什么？"两个问题。|答案很短。
（以上是旧结果。）|新结果见下。
步骤很多（先读。再写。最后检查）才能完成。
我们读了《你好！世界》一书。|它很薄。
我……我不知道。|他也不知道。
他想了很久……|然而没有答案。
包括图像、文本、语音等……都可以。
"等等……"|她走了。
代码见https://example.org/a.b?c=1。|数据另附。
代码见https://example . org . |谢谢。
模型很小.|速度很快.
模型很小. |速度很快.
误差降到5%. |结果稳定.
它优于BERT. |我们做了实验.
3. 列表的第三项。|4. 列表的第四项。
步骤如下：1. 读取文本 2. 切分句子。
当a.b与c.d相同时停止。
若x==1?y:z成立则返回。
共有5!种排列。|都要检查。
使用Yahoo!搜索得到网页。|网页很多。
版本v1.2更快。|版本v1.3更稳。
什么？！|不会吧！！！|真的。
第一句。 |第二句。
第一句。\u3000|第二句。
We align two texts. |It works well. |结果很好。
J. X. Wang提出了它。|它很好。
"他走了。"|"她也走了。"
效果好（真的！）而且快。
取值为3。5倍不止。
共有N！种排列。|都要检查。
这是新的model.|We介绍它。
没有句号
——
"""


def cases(table: str) -> list[list[str]]:
    return [line.encode().decode("unicode_escape").split("|") if line.isascii() else
            line.replace("\\u3000", "\u3000").split("|") for line in table.strip().split("\n")]  # fmt: skip


def cut(text, spans):
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize("pieces", cases(EN), ids="|".join)
def test_english_table(pieces):
    text = "".join(pieces)
    assert cut(text, sentences_en(text)) == [p.strip() for p in pieces]


@pytest.mark.parametrize("pieces", cases(ZH), ids="|".join)
def test_chinese_table(pieces):
    text = "".join(pieces)
    assert cut(text, sentences_zh(text)) == [p.strip() for p in pieces]


def test_a_line_break_ends_a_sentence():
    assert cut("Alpha\n\n beta.\n", sentences_en("Alpha\n\n beta.\n")) == ["Alpha", "beta."]
    assert cut("标题\n正文，没有完", sentences_zh("标题\n正文，没有完")) == ["标题", "正文，没有完"]


@pytest.mark.parametrize("split", [sentences_en, sentences_zh])
@pytest.mark.parametrize("text", ["", " ", "\n \n\u3000", "\t"])
def test_blank_text_has_no_sentences(split, text):
    assert split(text) == []


SIGNS = (
    '。 ！ ？ . ! ? … …… ... “ ” " ( ) （ ） 「 」 [ ] \n \u3000 \u00a0 1 75.4 i.i.d. et al. Fig. We 我 他说： 模型 A'
)
PIECES = st.sampled_from([*SIGNS.split(" "), " ", "  ", "https://a . b"])


@pytest.mark.parametrize("split", [sentences_en, sentences_zh])
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_spans_cover_all_in_order_and_trimmed(split, text):
    spans = split(text)
    end = 0
    for a, b in spans:
        assert end <= a < b <= len(text)
        assert not text[end:a].strip(), "between two sentences stand only blanks"
        assert text[a:b] == text[a:b].strip()
        assert "\n" not in text[a:b]
        end = b
    assert not text[end:].strip()


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold" / "sentences.json").exists(), reason="the folder ../shared is absent")
@pytest.mark.parametrize(("language", "split", "blank"), [("en", sentences_en, " "), ("zh", sentences_zh, "")])
def test_boundaries_of_the_seeds(language, split, blank):
    gold = json.loads((SHARED / "gold" / "sentences.json").read_text(encoding="utf-8"))[language]
    right = wrong = missed = 0
    for _, sentences in gold:
        text = ""
        ends = set()
        for sentence in sentences:
            text += (" " if text.endswith("?") else blank if text else "") + sentence
            ends.add(len(text))
        found = {b for _, b in split(text)}
        right, wrong, missed = right + len(found & ends), wrong + len(found - ends), missed + len(ends - found)
    assert right / (right + wrong + missed) >= 0.99
