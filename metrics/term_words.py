"""What a word can be in a term: English words of every paper, which make no term of any field.

There is no tagger here. Closed classes are listed, the ends of words tell verbs and adverbs, and words that papers of
all fields write (previous, result, outperform) are listed by what they cannot be: any part of a term, or its last word.
"""

from functools import lru_cache

from .folding import fold_word
from .phrases import STOP_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(word for given in text.split() for word in (given, fold_word(given)))


LINKS = frozenset("of in to for on by the and at with from as per a vs or under".split())
"""What may stand inside a term that somebody lists or writes with hyphens (chain of thought), nowhere else."""

# No part of a term, whatever stands beside it.
_NEVER = _words(
    """
    able above according account achieved across actual actually additional additionally address addresses addressing
    advantage advantages advance advances after again aim aims almost alone already although always among amount
    analyze analyzed another appealing appropriate around article attempt attempts author authors available
    away basic become becomes been began begin behind believe beneficial benefit benefits beyond big brief briefly
    bring brings call called came care careful carefully case cases cause caused causes certain challenge challenges
    challenging choose choice classical clear clearly closely come comes common commonly compare compared comparing
    comparable comparison comparisons competitive complementary complete completely comprehensive comparative
    concern concerns conclude conclusion conclusions conduct conducted consider considerable considerably considered
    considering consist consistent consistently consists contain contains contribute contributes contribution
    contributions convenient conventional corresponding could create created creates creating critical
    crucial currently day days deal deals decade decades decrease define defined degree demonstrated
    demonstrates demonstrating demonstration depend depending depends described describe describes describing
    desirable desired despite detailed details determine determined develop developed developing develops difference
    differences difficult difficulty difficulties directly discuss discussed discusses discussion due easily easy
    effective effectively effectiveness efficacy effort efforts either elegant eliminate emerge emerged emerging
    employ employed employing employs enable enabled enables enabling encourage encouraging enhance enhanced enhances
    enough ensure ensures ensuring entirely equal equally equipped especially essential establish established
    evaluate evaluated evaluating evaluates even ever evidence evident exact exactly examine examined example examples
    excellent except exhibit exhibits exist existing exists expected expensive experiment experiments experimental
    experimentally explain explained explains exploit exploiting exploits explore explored explores exploring
    extend extended extending extends extensive extensively extent extremely facilitate facilitates fact facts
    fail fails failed famous far fast favorably favourably feasible feasibility few final finding findings fine first
    focus focused focuses focusing follow followed following follows form former formulate formulated fourth found
    fraction fundamental fruitful further future gain gained gains general generally genuine get
    give gives giving go goal goals good great greater greatly growing half handle handles happen hard hardly
    help helped helpful helping helps hence high higher highest highlight highly hold holds hope huge hundred hundreds
    idea ideas ideal identify identified identifies identifying illustrate immediate impact impacts impactful
    implement implemented implementing implication implications importance important importantly impressive improve
    improved improvement improvements improving include included includes including inherent incorporate incorporates
    incorporated incorporating increase increased increases increasing increasingly indeed indicate indicates
    indicating individual inferior influence innovative insight insights insightful inspired instance
    instead intend interest interested interesting interestingly introduced introduces introducing introduction
    investigate investigated investigates investigation involve involved involves involving issue issues itself
    job just keep key kind kinds know known lack lacking lacks largely larger largest later latest latter lead
    leading leads led less let leverage leverages leveraged leveraging lie lies light like likely limit limited limits
    limitation limitations line literature little longer look looking lot lots lower lowest made mainly
    major majority make makes making manner match matter maximize mean means meanwhile meaningful measured merely
    merit million millions billion minimize minor modern modest motivate motivated motivation moreover mostly move
    much multiple must namely naturally nature near nearly necessary need needed needs neither never nevertheless
    newly next none nontrivial normally notable notably note noted noteworthy nothing notice notion now
    number numbers numerous observe observed observes obtain obtained obtaining obtains obvious occur
    occurs offer offered offers offering often ongoing opportunity opportunities opposed order original
    originally others otherwise outcome outcomes outperform outperformed outperforming outperforms
    overall overcome overcomes overview own page paper papers paramount part particular particularly parts past
    percent percentage perform performed performing performs perhaps period perspective perspectives
    pioneering place play plays plausible plenty popular popularity pose posed poses possess possesses
    possibility possible possibly potential potentially powerful practical practically practice practitioner
    practitioners precise precisely predominantly preferable preliminary presence presented presenting presents
    prevalent previously primarily principled proceed produce produced produces producing
    prominent promise promising proper properly proposal proposed proposes proposing prove proved proven proves
    provided providing publicly published purpose purposes put quick quickly quite raise raised range
    ranges ranging rapid rapidly rarely rather reach reached reaches ready realize realise reason reasons reasonable
    reasonably receive received recommend reduce reduced reduces reducing regard regarded
    regarding regardless relate related relative relatively relevant reliable reliably remain remained remaining
    remains remarkable remarkably rely relies relying report reported reports repository require required
    requirement requirements requires requiring research researcher researchers resolve respect respective result
    resulted resulting results reveal revealed reveals rich rise role roles rough roughly satisfactory satisfy say
    scenario scenarios scope seek seem seems seen seminal seriously serve serves setup several shed
    short shortcoming shortcomings show showcase showing showed shown side significance significant 
    similar similarly simply simultaneously since situation situations slightly solid solve solved solves
    solving sometimes somewhat sophisticated specific specifically specify start still straight
    straightforward strength strengths strong stronger strongly studied studies study studying
    substantial substantially succeed success successful successfully such suffer suffers suffering sufficient
    suggest suggested suggesting suggests suitable summarize superior superiority support supported supports
    sure surpass surpasses surprising surprisingly survey surveys systematic systematically tackle tackles tackling
    take taken takes taking tend tends tedious term terms thank thanks thing things think thorough
    thoroughly though thousand thousands today together topic topics total toward
    towards tradition traditional traditionally tremendous trend trends true truly try trying turn type types typical
    ubiquitous ultimately uncover underlying understand understood unfortunately unique unlike unprecedented upcoming
    usage use used useful usefulness uses using usual usually utility utilize utilized utilizes utilizing
    vague valuable variety various vary varying vast verify verified versus viable view views vital want way
    ways weakness weaknesses week weeks whether whole widely widespread will within without wonder work
    working works worth would year years yet yield yielded yielding yields superb unclear addition account respect
    thereby aforementioned abovementioned hereby yearly nowadays furthermore addition besides except fairly merely
    github http https www url com org pdf arxiv email accepted submitted conference workshop proceeding
    themselves themselve whereas wherea ourselves himself cannot etc assuming assume aiming aimed consisting faster
    slower fewer better worse
    ignoring having being allowing requiring containing resulting depending ranging according regarding
    proceedings journal publication link website page version draft
    """
)

# Nouns of every paper: a term only with the word of somebody else (kernel method), never the word itself.
_GENERAL = _words(
    """
    ability action activity advance algorithm alternative amount analysis application approach area aspect
    assessment assumption attribute average baseline behavior body branch capability capacity category challenge change
    characteristic choice class code combination community complexity component composition computation concept
    condition configuration consequence consideration context control core country course creation data dataset datum
    decision demand design detail detection development device difference dimension direction domain element end
    environment error estimate estimation evaluation event experience factor failure family feature field figure
    formulation foundation framework function functionality generation group growth hypothesis image implementation
    improvement individual information input instance interaction interface investigation item knowledge language
    learning length level life location machine mechanism medium method methodology metric mode model modeling module
    name network object objective observation operation option organization output overview paradigm parameter pattern
    people performance person phase phenomenon platform position prediction presence principle problem procedure process
    processing product program progress project property quality quantity question rate rating ratio reality
    recognition relation relationship representation resource response risk rule sample scale scheme science score
    search section selection sense sequence series service set setting shape signal size skill society software
    solution source space speed stage standard state statement step strategy structure style subject system
    table target task team technique technology test text theory time tool training transfer treatment understanding
    unit user value variable variant variation video visualization volume weight word world writing
    attention change example help effect fact case hand order english chinese number person others view form common
    vision property relation automatic automatically predict extract generalize similar
    color colour car person book city home house human expert student teacher water government public
    company business money story news love review opinion comment message report document sentence page letter
    reader writer author player game idea reason top bottom front back left right side part point line area
    background difficulty distance future history interest loss collection
    """
)

_VERBS = _words(
    """
    accelerate accept accomplish acquire adapt adopt affect aggregate allow alleviate allocate answer apply
    appear approximate argue arise ask assess assign assist associate assume attain attract augment avoid
    be boost break build calculate capture carry catch change check claim collect combine comprise compute conduct
    confirm connect construct convert correct cover customize cut decide decompose degrade deliver deploy derive detect
    differ discard discover distinguish divide draw drive elicit eliminate emphasize encode encounter enrich enter
    estimate exceed execute expand expect express extract face fill fit fix foster fulfill gather generalize generate
    grow guarantee guide hinder imitate impose infer inform inject inspect integrate interact interpret invoke join
    jointly judge justify learn leave lie maintain manage manipulate mention merge mitigate modify monitor necessitate
    neglect omit open operate optimize organize outline participate pave pick poorly predict prefer preserve prevent
    prioritize promote pursue quantify reconstruct recover redesign refine reflect reformulate regain release remove
    render replace reproduce resort respond restrict retain retrieve return reuse rewrite run save select send
    separate share simplify simulate speed spend stand stem stay stop store strive struggle submit substitute
    sustain tackle teach tell test touch trained train transform translate treat trigger uncover undergo unify update
    validate visualize wait walk warrant weigh win write
    """
)
_LY_NOUNS = frozenset("family anomaly assembly supply early butterfly monopoly polly italy".split())
_ADJECTIVE_ENDS = ("ed", "ive", "ous", "ful", "ble", "al", "ic", "ary", "less", "ish", "ior", "est")
_NOUNS_LIKE_THESE = _words(
    """
    signal retrieval interval survival crystal animal mineral portal integral arrival goal trial hospital material
    potential polynomial exponential manual journal principal total residual differential diagonal functional
    numeral vowel removal renewal withdrawal logic metric heuristic statistic topic lyric traffic graphic fabric
    arithmetic acoustic semantic syntactic linguistic critic plastic ceramic magic clinic pandemic epidemic automatic
    objective perspective additive derivative primitive archive directive detective adjective narrative incentive
    initiative predicate variable table cable ensemble bundle disciple multiple constable observable syllable
    feed seed speed need bed breed weed shed deed reed embed seabed testbed dictionary vocabulary boundary library
    summary salary canary secretary binary adversary corollary primary interior prior posterior behavior superior
    test forest interest request contest nest quest chest harvest conquest virus bus nexus consensus corpus
    """
) - _words("semantic syntactic linguistic automatic acoustic primary superior total potential")
_NOUN_ENDS = (
    "tor sor zer ser bed ism logy metry gram oid ant omic genomic tion sion ment ness ity ance ence ancy ency "
    "izer former ector coder ner graph scope phone itis osis emia ase ide ine yte cyte tron pus ome ics"
).split()


@lru_cache(maxsize=1 << 16)
def may_stand(word: str) -> bool:
    """Whether a folded word may be part of a term of which nobody says that it is one.

    >>> may_stand("entropy"), may_stand("previous"), may_stand("rapidly")
    (True, False, False)
    """
    if word in STOP_WORDS or word in _NEVER or word in LINKS:
        return False
    if word.endswith("ly") and word not in _LY_NOUNS:
        return False
    return len(word) > 1


@lru_cache(maxsize=1 << 16)
def may_begin(word: str) -> bool:
    """Whether a folded word may be the first of an unknown term: no number, no plain verb.

    >>> may_begin("river"), may_begin("outperform"), may_begin("3")
    (True, False, False)
    """
    return may_stand(word) and word not in _VERBS and not word[0].isdigit()


@lru_cache(maxsize=1 << 16)
def may_end(word: str) -> bool:
    """Whether a folded word may be the last of an unknown term: a noun, as far as its form tells.

    >>> may_end("otter"), may_end("trained"), may_end("achieve")
    (True, False, False)
    """
    if not may_stand(word) or word in _VERBS:
        return False
    return not word.endswith(_ADJECTIVE_ENDS) or word in _GENERAL or word in _NOUNS_LIKE_THESE


def is_general(word: str) -> bool:
    """Whether a folded word is a noun of every paper (method, task): by itself no term.

    >>> is_general("method"), is_general("estuary")
    (True, False)
    """
    return word in _GENERAL or word in _VERBS


@lru_cache(maxsize=1 << 16)
def is_trade_noun(word: str) -> bool:
    """Whether the end of a folded word is that of a learned noun (corrector, testbed, alkaloid).

    >>> is_trade_noun("corrector"), is_trade_noun("river")
    (True, False)
    """
    return len(word) > 5 and word.endswith(tuple(_NOUN_ENDS))
