"""Decisions to entries of the termbase and findings to let stand."""

from dataclasses import replace

import pytest

from duizhao.corpora import Forbidden, InputError, Term
from duizhao.decisions import Choice, Decision
from duizhao.ignore_file import Entry
from duizhao.metrics import fingerprint
from duizhao.review import Plan, plan_review

TEA = Term("tea", "茶", ("茶水",), (Forbidden("茶叶", "that is the leaf", False),), "food", ("char",), "a drink")
OTTER = Term("otter", "水獭")


def rendering(
    choice: Choice, zh: str, count: int = 1, term: str = "tea", wanted: str = "", comment: str = ""
) -> Decision:
    return Decision("rendering", choice, f"t!{zh}", comment, term=term, rendering=zh, wanted=wanted, count=count)


def finding(rule: str, zh: str, wanted: str, comment: str = "", en: str = "tea") -> Decision:
    mark = fingerprint(rule, en, zh, wanted)
    return Decision("finding", "reject", "f!I2", comment, mark, wanted=wanted, rule=rule, en=en, zh=zh)


def barred(zh: str, why: str = "") -> Forbidden:
    return Forbidden(zh, why, needs_source=True)


@pytest.mark.parametrize(
    ("decisions", "entry"),
    [
        ([rendering("accept", "红茶")], Term("tea", "红茶")),
        (
            [rendering("accept", "红茶", 2), rendering("accept", "绿茶", 5), rendering("accept", "茶", 2)],
            Term("tea", "绿茶", ("红茶", "茶")),
        ),
        (
            [rendering("reject", "茶叶", wanted="茶", comment="the leaf")],
            Term("tea", "茶", (), (barred("茶叶", "the leaf"),)),
        ),
        (
            [rendering("reject", "茶叶", wanted="茶"), rendering("accept", "红茶")],
            Term("tea", "红茶", (), (barred("茶叶"),)),
        ),
        ([rendering("accept", "tea")], Term("tea", "tea", domain="names")),
        ([rendering("accept", "紅茶館"), rendering("accept", "红茶馆")], Term("tea", "红茶馆")),
    ],
)
def test_a_term_that_no_termbase_has(decisions: list[Decision], entry: Term) -> None:
    assert plan_review(decisions, (), ()) == Plan(new=[entry])


@pytest.mark.parametrize(
    ("decisions", "entry", "freed", "barred_now"),
    [
        ([rendering("accept", "红茶")], replace(TEA, zh="红茶", admitted=("茶", "茶水")), 0, 0),
        ([rendering("accept", "茶")], TEA, 0, 0),
        ([rendering("accept", "茶", 1, "Char")], TEA, 0, 0),
        ([rendering("accept", "茶叶")], replace(TEA, zh="茶叶", admitted=("茶", "茶水"), forbidden=()), 1, 0),
        (
            [rendering("reject", "茶水", comment="thin")],
            replace(TEA, admitted=(), forbidden=(*TEA.forbidden, barred("茶水", "thin"))),
            0,
            1,
        ),
        ([rendering("reject", "茶叶")], TEA, 0, 0),
        (
            [rendering("reject", "茶叶", comment="dry")],
            replace(TEA, forbidden=(Forbidden("茶叶", "dry", False),)),
            0,
            0,
        ),
        (
            [rendering("reject", "茶")],
            replace(TEA, zh="茶水", admitted=(), forbidden=(*TEA.forbidden, barred("茶"))),
            0,
            1,
        ),
    ],
)
def test_a_term_of_the_shipped_termbase_is_taken_over_whole(
    decisions: list[Decision], entry: Term, freed: int, barred_now: int
) -> None:
    assert plan_review(decisions, (OTTER,), (TEA,)) == Plan(new=[entry], freed=freed, barred=barred_now)


@pytest.mark.parametrize(
    ("decisions", "entry"),
    [
        ([rendering("accept", "红茶", 90)], replace(TEA, admitted=("茶水", "红茶"))),
        ([rendering("accept", "茶叶")], replace(TEA, admitted=("茶水", "茶叶"), forbidden=())),
        (
            [rendering("accept", "红茶"), rendering("reject", "茶")],
            replace(TEA, zh="红茶", forbidden=(*TEA.forbidden, barred("茶"))),
        ),
        ([rendering("reject", "绿茶", wanted="红茶")], replace(TEA, forbidden=(*TEA.forbidden, barred("绿茶")))),
    ],
)
def test_an_entry_of_the_users_own_keeps_what_it_prefers(decisions: list[Decision], entry: Term) -> None:
    shipped = replace(TEA, zh="香茗")
    plan = plan_review(decisions, (OTTER, TEA), (shipped,))
    assert (plan.changed, plan.new) == ({"tea": entry}, [])
    again = plan_review(decisions, (OTTER, entry), (shipped,))
    assert again == Plan()


def test_a_decision_already_taken_changes_nothing() -> None:
    decisions = [rendering("accept", "茶"), rendering("accept", "茶 水"), rendering("reject", "茶叶")]
    assert plan_review(decisions, (TEA,), ()) == Plan()


def test_what_cannot_be_taken_says_where_and_what_to_do() -> None:
    plan = plan_review([rendering("reject", "茶叶"), rendering("accept", "", term="otter")], (), ())
    assert plan.left == [
        "t!茶叶: nothing is known that 'tea' should be instead. Type what it should be into the column wanted, or "
        "accept another rendering of the term.",
        "t!: accept for 'otter' without a rendering; nothing stands there to decide on.",
    ]
    assert not plan.new and not plan.changed


def test_false_alarms_are_let_stand_with_their_reason() -> None:
    rejected = [finding("T001", "茶汤", "茶", "a soup"), finding("Q001", "三", "四")]
    assert plan_review(rejected, (), (TEA,)).ignored == [
        Entry(rejected[0].fingerprint, "T001", "a soup"),
        Entry(rejected[1].fingerprint, "Q001", "reviewed: false alarm"),
    ]
    true = replace(rejected[0], choice="accept")
    assert plan_review([true], (), (TEA,)) == Plan()


def test_a_false_alarm_stays_one_where_the_entry_changes() -> None:
    alarm = finding("T001", "茶汤", "茶", "a soup")
    wanted_else = [alarm, rendering("accept", "红茶")]
    assert plan_review(wanted_else, (), (TEA,)).ignored == [
        Entry(alarm.fingerprint, "T001", "a soup"),
        Entry(fingerprint("T001", "tea", "茶汤", "红茶"), "T001", "a soup"),
    ]
    forbidden_now = [alarm, rendering("reject", "茶汤")]
    assert plan_review(forbidden_now, (), (TEA,)).ignored == [
        Entry(alarm.fingerprint, "T001", "a soup"),
        Entry(fingerprint("T002", "tea", "茶汤", "茶"), "T002", "a soup"),
    ]
    of_another_term = [finding("T001", "茶汤", "獭", en="otter"), rendering("accept", "红茶")]
    assert len(plan_review(of_another_term, (), (TEA,)).ignored) == 1


@pytest.mark.parametrize("form", ["cup", "cups", "CUPS"])
def test_a_false_alarm_stays_one_in_each_form_of_its_sentence(form: str) -> None:
    alarm = replace(finding("T001", "杯具", "杯", en=form), en="A cup here, two cups there, and CUPS.")
    plan = plan_review([alarm, rendering("accept", "茶杯", term="cup")], (), (Term("cup", "杯"),))
    assert plan.ignored == [
        Entry(alarm.fingerprint, "T001", "reviewed: false alarm"),
        Entry(fingerprint("T001", form, "杯具", "茶杯"), "T001", "reviewed: false alarm"),
    ]


RAFT = Term("RAFT", "河上传信法")
LOG = Term("raft", "木筏", also=("log boat",))


@pytest.mark.parametrize(
    ("term", "changed"),
    [
        ("RAFT", {"RAFT": replace(RAFT, admitted=("筏",))}),
        ("raft", {"raft": replace(LOG, admitted=("筏",))}),
        ("Log  Boat", {"raft": replace(LOG, admitted=("筏",))}),
    ],
)
@pytest.mark.parametrize("own", [(RAFT, LOG), (LOG, RAFT)])
def test_capitals_that_carry_meaning_tell_entries_apart(
    own: tuple[Term, ...], term: str, changed: dict[str, Term]
) -> None:
    assert plan_review([rendering("accept", "筏", term=term)], own, ()) == Plan(changed=changed)


def test_an_entry_kept_as_it_is_written_is_no_other_word() -> None:
    polish = Term("Polish", "波兰语", case=True)
    decisions = [rendering("accept", "抛光", term="polish")]
    assert plan_review(decisions, (polish,), ()) == Plan(new=[Term("polish", "抛光")])
    decisions = [rendering("accept", "波兰文", term="Polish")]
    assert plan_review(decisions, (polish,), ()) == Plan(changed={"Polish": replace(polish, admitted=("波兰文",))})


def test_two_forms_of_one_entry_that_contradict_each_other_are_refused() -> None:
    decisions = [rendering("accept", "筏", term="raft"), rendering("reject", "筏", term="log boat")]
    with pytest.raises(InputError, match=r"^t!筏: reject for raft → 筏, but accept at t!筏;"):
        plan_review(decisions, (LOG,), ())
    assert plan_review(decisions, (RAFT,), ()).new == [Term("raft", "筏")]
