"""Surnames: Chinese ones, how East Asian ones are spelt in Latin letters, and the characters of transliterations."""

from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The 270 most frequent Chinese surnames of one character, and those of two.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫"
    "查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫嵇栾商仇宗满党裘冷宿"
    "匡国臻储井仲伏楚全班仰秋宓"
)
COMPOUND_SURNAMES = _words(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 长孙 宇文 夏侯 南宫 独孤 端木 轩辕 申屠 闻人 濮阳 完颜"
)

# Spellings other than pinyin: Cantonese, Hokkien, Wade-Giles, Korean, Vietnamese; each with its characters.
_SPELT = """
chan陈 wong王黄汪 cheung张章蒋 chang张章常昌 lau刘柳 lee李 ng吴伍黄 kwok郭 leung梁 lam林 tam谭 ho何贺 yeung杨 chow周邹
chou周邹 tsang曾 cheng郑程成 chung钟 fung冯 fong方 tsui徐崔 hui许 ko高柯 chiu赵邱 yip叶 yap叶 yue余于 yu余于俞
yuen袁阮 siu萧 mok莫 poon潘 tang邓唐汤 tse谢 so苏 shum沈岑 law罗 lo罗卢 mak麦 ma马 choi蔡崔 choy蔡 kwan关 kwong邝
lui雷吕 luk陆 yim严阎 yiu姚 au区欧 tan陈谭 lim林 goh吴 koh许高 teo张 ong王 chua蔡 tay郑 low刘罗 sim沈 toh卓 quek郭
kok郭 yeo杨 heng王邢 oh胡吴 khoo邱 neo梁 hsu许徐 hsieh谢 hsiao萧 hsiung熊 tsai蔡 chu朱祝褚 tseng曾 chiang蒋江姜 chao赵
chien钱简 chin金秦陈 chern陈 yau丘邱尤 chiou邱 chiu邱 kuo郭 liang梁 lu卢陆吕路鲁 lyu吕 lv吕 lue吕 yeh叶 teng邓滕
tung董童 hung洪 pai白 pan潘 peng彭 shih石施史 sung宋 ting丁 tu杜涂 wen温文 weng翁 yen严颜阎 kung孔龚 ku顾古 kao高
jen任 hou侯 lai赖黎 lian连 liao廖 shen沈申 soong宋 suen孙 tao陶 woo吴胡 wu吴武伍邬 tai戴 tsou邹 wan万温尹 wei魏韦卫
kim金 park朴 pak朴 bak朴 yi李 rhee李 choe崔 jung郑 jeong郑 chong郑张钟 kang姜康 cho赵曹 jo赵曹 yoon尹 yun尹 jang张蒋
lim林任 im林任 rim林 han韩 oh吴 seo徐 suh徐 shin申辛 kwon权 hwang黄 ahn安 an安 song宋 ryu柳刘 yoo刘柳 yu刘俞柳 hong洪
jeon全田 jun全田 ko高 moon文 yang梁杨 son孙 bae裴 pae裴 baek白 paik白 heo许 hur许 nam南 shim沈 noh卢 roh卢 ha河夏
gwak郭 sung成 cha车 joo朱 ju朱 koo具 gu具 min闵 na罗 jin陈 um严 eom严 won元 chae蔡 chun千全 bang方 kong孔 hyun玄 ham咸
byun边 yeom廉 chu秋 do都 seok石 bong奉 bahn潘 ban潘 woo禹 pyo表 tak卓 ki奇 eun殷 nguyen阮 tran陈 le黎 pham范 huynh黄
hoang黄 vu武 vo武 dang邓 bui裴 do杜 ngo吴 duong杨 dinh丁 ly李 trinh郑 doan段 dao陶 mai枚梅 truong张 phan潘 ha何 cao高
luong梁 luu刘 vuong王 trieu赵 dam谭 quach郭 tong宋 thai蔡 chau周 ta谢 to苏 ton孙 kieu乔 ho胡 bach白
"""

_JAPANESE = """
sato佐藤 suzuki铃木 takahashi高桥 tanaka田中 watanabe渡边 ito伊藤 yamamoto山本 nakamura中村 kobayashi小林 kato加藤
yoshida吉田 yamada山田 sasaki佐佐木 yamaguchi山口 matsumoto松本 inoue井上 kimura木村 hayashi林 shimizu清水
yamazaki山崎 yamasaki山崎 mori森 abe安倍/阿部 ikeda池田 hashimoto桥本 ishikawa石川 yamashita山下 ogawa小川 ishii石井
hasegawa长谷川 goto后藤 okada冈田 kondo近藤 maeda前田 fujita藤田 endo远藤 aoki青木 sakamoto坂本 murakami村上 ota太田
oota太田 kaneko金子 fujii藤井 fukuda福田 nishimura西村 miura三浦 takeuchi竹内 nakagawa中川 okamoto冈本 matsuda松田
harada原田 nakano中野 ono小野 tamura田村 fujiwara藤原 nakayama中山 ishida石田 kojima小岛/儿岛 wada和田 morita森田
uchida内田 shibata柴田 sakai酒井 hara原 takagi高木 yokoyama横山 yasuda安田 miyazaki宫崎 miyamoto宫本 ueda上田/植田
imai今井 ando安藤 maruyama丸山 kono河野 kawano河野/川野 takeda武田 fujimoto藤本 sugiyama杉山 ueno上野 chiba千叶
murata村田 masuda增田 sugawara菅原 hirano平野 kubo久保 otsuka大塚 matsui松井 iwasaki岩崎 iwasawa岩泽 sakurai樱井
nomura野村 matsuo松尾 kikuchi菊池/菊地 sano佐野 noguchi野口 nishida西田 shimada岛田 kinoshita木下 higuchi樋口
kawaguchi川口 kitamura北村 arai新井/荒井 furukawa古川 nagai永井 hamada滨田 sugimoto杉本 kawasaki川崎 iwata岩田
oda小田/织田 kuroda黑田 kurosawa黑泽 mishima三岛 natsume夏目 kawabata川端 oe大江 dazai太宰 yamanaka山中 yukawa汤川
fukushima福岛 akutagawa芥川 kishida岸田 koizumi小泉 ishiguro石黑 takemitsu武满 nakajima中岛 nakashima中岛 honjo本庶
koshiba小柴 higashino东野 koreeda是枝 amari甘利 tezuka手冢 toyoda丰田 honda本田 irie入江 kawai河合/川合 kuroki黑木
nagata永田 oka冈 seki关 hirose广瀬/广濑 sugita杉田 tsuji辻 tsuda津田 hori堀 taniguchi谷口 ohno大野 onishi大西 ohta太田
kitagawa北川 nakata中田 okuda奥田 yoshikawa吉川 yoshimura吉村 hirata平田 kawamura川村/河村 nishi西 nishikawa西川
tsukamoto冢本 sawada泽田 hattori服部 fujisawa藤泽 fukui福井 ishihara石原 iida饭田 kamiya神谷 asano浅野 oishi大石
araki荒木 tokugawa德川 ozawa小泽 hosokawa细川 minami南 kudo工藤 aso麻生 suga菅 nakasone中曽根/中曾根 hatoyama鸠山
noda野田 sugiura杉浦 horiuchi堀内 hoshino星野 matsushima松岛 matsuoka松冈 matsuura松浦 tomita富田 aoyama青山
mizuno水野 shinoda筱田 shiraishi白石
"""

# What Chinese transliterations of foreign names are spelt with, after the practice of the Xinhua handbook of names.
SPELLING = frozenset(
    "阿埃艾爱安昂奥澳巴芭白拜班邦包宝保鲍贝本比彼毕边别宾滨冰波玻勃伯柏博卜布查察昌彻茨慈次丛措达大戴代丹当道德登邓狄"
    "迪地蒂第丁东杜敦顿多厄恩尔耳法凡梵范方菲费芬丰冯佛弗夫福富盖甘冈刚高戈哥歌格葛根贡古瓜圭果哈海罕汉杭豪浩赫黑亨洪"
    "侯胡华怀惠霍基吉季加嘉贾简建健江姜杰捷金津京居君喀卡凯坎康考柯科可克肯孔寇库夸昆阔拉莱赖兰朗劳勒雷黎理李里利立丽"
    "莉连廉列烈林琳龙隆卢鲁路露吕伦罗洛马玛麦迈曼芒茅茂梅门蒙孟米密缪敏明摩莫墨默姆木穆拿内那娜纳乃奈南嫩能尼妮年涅宁"
    "牛纽农努女诺欧帕派潘庞培佩彭蓬皮匹平泼珀坡普奇齐契恰钱乔切钦琴青琼丘曲屈让热仁日荣茹儒瑞若撒萨塞赛三桑瑟森沙莎山"
    "珊尚绍舍申生盛圣施石什士史舒朔斯丝思松苏绥孙索塔泰坦唐陶特腾提田铁廷通图土托脱陀瓦万旺威韦维魏温文翁沃乌吾武西希"
    "锡喜夏显香向肖晓谢辛欣兴休许叙逊雅亚延扬杨尧耶叶伊依易因殷英雍尤于约云宰赞藏增扎詹章珍真芝治朱兹祖佐紫媛薇妲妍娅"
    "黛蕾蕙怡艳燕爽容俊柳吴素缇蜜娥婭伽迦茜莲菈菻萝蓓辽伍冉卓厦吐喇嘎囊埔堪娃宋宗岑崔帝弥弼彦律悉拓捏斐昔曹曾杉桂梯棱"
    "榜槟汀汤泽浦润渥湛滕熙琛瑙瓒略皓盎竺笛缅美翰耨腊良苇苔荷菩萍葆薄薛藩蒲蔻蔡袁裴谟赤轩辉逖郎郭鄂铎铭隋霆革韩鞑顾额"
    "飒魁僧仑"
)


@cache
def _spelt() -> dict[str, frozenset[str]]:
    return {latin: frozenset(zh) for latin, zh in _entries(_SPELT)}


@cache
def _japanese() -> dict[str, frozenset[str]]:
    return {latin: frozenset(zh.split("/")) for latin, zh in _entries(_JAPANESE)}


@cache
def _japanese_zh() -> frozenset[str]:
    return frozenset().union(*_japanese().values())


def _entries(block: str) -> list[tuple[str, str]]:
    """Each entry's Latin letters and its characters."""
    pairs: list[tuple[str, str]] = []
    for entry in block.split():
        latin = entry.rstrip("".join(c for c in entry if c > "\u2fff" or c == "/"))
        pairs.append((latin, entry[len(latin) :]))
    return pairs


def surnames_spelt(latin: str) -> frozenset[str]:
    """The surnames that a spelling in lower case stands for, where it is no pinyin; empty where none is known.

    >>> "黄" in surnames_spelt("wong")
    True
    """
    return _spelt().get(latin, frozenset())


def japanese_surnames(latin: str) -> frozenset[str]:
    """The Japanese surnames that are read so.

    >>> sorted(japanese_surnames("tanaka"))
    ['田中']
    """
    return _japanese().get(latin, frozenset())


def surname_length(zh: str) -> int:
    """How many characters of a name without a dot are its surname: 2, 1, or 0 where it begins with none.

    Japanese surnames count only where they have two characters or more.

    >>> surname_length("欧阳小河"), surname_length("王小河"), surname_length("水獭")
    (2, 1, 0)
    """
    for n in (3, 2):
        if zh[:n] in COMPOUND_SURNAMES or (len(zh) > n and zh[:n] in _japanese_zh()):
            return n
    return int(zh[:1] in SURNAMES)


def spelt_end(text: str) -> str:
    """The end of a text that is written with the characters of transliterations alone.

    >>> spelt_end("另见安娜")
    '安娜'
    """
    begin = len(text)
    while begin and text[begin - 1] in SPELLING:
        begin -= 1
    return text[begin:]
