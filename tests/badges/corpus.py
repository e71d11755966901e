"""Fictional people whose names are hard to print."""

from conference.badges import BadgeFace, Ribbon

MEETING = "28th Annual Meeting of the Society for Gene and Cell Medicine"
WHEN = "13–17 May 2028 · Baltimore, Maryland"


def a_face(**values):
    """A badge with a valid code in a fictional meeting."""
    usual = {"code": "34679ACDEFGH", "meeting": MEETING, "when_where": WHEN, "category": "Member", "colour": "#1d5fa8"}
    return BadgeFace(**{**usual, **values})


SCRIPTS = {
    "latin": a_face(given="Ada", family="Lovelace", degrees="PhD", institution="University of London", country="UK"),
    "vietnamese": a_face(given="Nguyễn Thị Ánh", family="Trần-Đặng", institution="Đại học Quốc gia Hà Nội"),
    "greek": a_face(given="Αικατερίνη", family="Παπαδοπούλου", institution="Εθνικό Πανεπιστήμιο Αθηνών", language="el"),
    "cyrillic": a_face(given="Йоганна", family="Щербаківська", institution="Київський університет", language="uk"),
    "armenian": a_face(given="Անահիտ", family="Հովհաննիսյան", institution="Երևանի համալսարան", language="hy"),
    "georgian": a_face(given="ნინო", family="ჯავახიშვილი", institution="თბილისის უნივერსიტეტი", language="ka"),
    "hebrew": a_face(given="שׁוּלַמִּית", family="בֶּן־דָּוִד", institution="האוניברסיטה העברית", language="he"),
    "arabic": a_face(
        given="محمد", family="بن عبد الله الأنصاري", institution="جامعة القاهرة، كلية الطب", language="ar"
    ),
    "urdu": a_face(given="فاطمہ", family="قریشی", institution="جامعہ کراچی", language="ur"),
    "devanagari": a_face(given="श्रीलक्ष्मी", family="कृष्णमूर्ति", institution="अखिल भारतीय संस्थान", language="hi"),
    "bengali": a_face(given="অনির্বাণ", family="চট্টোপাধ্যায়", institution="ঢাকা বিশ্ববিদ্যালয়", language="bn"),
    "tamil": a_face(given="ஸ்ரீனிவாசன்", family="கிருஷ்ணமூர்த்தி", institution="சென்னைப் பல்கலைக்கழகம்", language="ta"),
    "malayalam": a_face(given="ശ്രീലക്ഷ്മി", family="കൃഷ്ണൻ", institution="കേരള സർവകലാശാല", language="ml"),
    "thai": a_face(given="ศิริพร", family="วัฒนากิจไพศาลวงศ์", institution="จุฬาลงกรณ์มหาวิทยาลัยคณะแพทยศาสตร์", language="th"),
    "lao": a_face(given="ບຸນມີ", family="ພົມມະວົງ", institution="ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ", language="lo"),
    "khmer": a_face(given="សុខុម", family="ច័ន្ទស្រីមុំ", institution="សាកលវិទ្យាល័យភូមិន្ទភ្នំពេញ", language="km"),
    "myanmar": a_face(given="ဒေါ်အောင်ဆန်းကြည်", institution="ရန်ကုန်တက္ကသိုလ်", language="my"),
    "tibetan": a_face(given="བསྟན་འཛིན་", family="རྒྱ་མཚོ་", language="bo"),
    "ethiopic": a_face(given="ብርሃኑ", family="ወልደማርያም", institution="አዲስ አበባ ዩኒቨርሲቲ", language="am"),
    "chinese": a_face(given="小明", family="王", degrees="博士", institution="北京大学基因治疗研究所", language="zh"),
    "japanese": a_face(given="さくら", family="勅使河原", institution="国立研究開発法人遺伝子研究所", language="ja"),
    "korean": a_face(given="민준", family="남궁", institution="서울대학교 의과대학", language="ko"),
    "emoji": a_face(given="Zoë 🧬", family="O’Brien 👩🏽‍🔬", ribbons=(Ribbon("🎤 Speaker"),)),
}

EXTREMES = {
    "three lines of institution": a_face(
        given="María Fernanda",
        family="García-Rodríguez de la Vega y Fernández de Córdoba",
        degrees="MD, PhD, FACMG, FRCP, DABMG",
        institution="Department of Molecular and Cellular Medicine, Division of Paediatric Haematology, "
        "Children’s Hospital of the Holy Cross and Institute for Regenerative Therapy, Barcelona",
        country="The United Kingdom of Great Britain and Northern Ireland",
    ),
    "300 wide letters": a_face(given="W" * 300, family="M" * 300, institution="W" * 300, country="W" * 300),
    "300 letters everywhere": a_face(
        meeting="Annual meeting " * 20,
        when_where="A place with a name " * 15,
        category="Category " * 33,
        given="Wolfeschlegelsteinhausenbergerdorff " * 8,
        family="Hubert Blaine " * 21,
        degrees="MD, PhD, " * 33,
        institution="Institute of everything, " * 12,
        country="Far away " * 33,
        ribbons=tuple(Ribbon("A ribbon of great length " * 12) for _ in range(10)),
    ),
    "300 of the widest scripts": a_face(given="﷽" * 30, family="ဪ" * 300, institution="龘" * 300, country="𒐫" * 60),
    "thirty marks on each letter": a_face(
        given="Z" + "\u0310" * 30 + "a" + "\u0323" * 30, family="lgo" + "\u0300" * 300
    ),
    "families of emoji": a_face(given="👨‍👩‍👧‍👦" * 40, family="🏳️‍🌈" * 40),
    "one person is a company": a_face(institution="Vector Works GmbH", country="Germany", category="Exhibitor"),
    "markup": a_face(
        given="<b>Ada</b>&amp;", family="{{7*7}}</p><img src=x>", institution="<style>p{display:none}</style>"
    ),
}

ALL = {**SCRIPTS, **EXTREMES}
