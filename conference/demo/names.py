"""Names of people who do not exist, in the scripts that a world meeting prints: no two of them are called the same."""

# Each culture: (countries, given names, family names). Any of its given names goes with any of its family names.
LATIN = (
    (("NG",), ("Adaeze", "Oluwaseun", "Chidinma", "Babatunde", "Ngozi", "Ifeoma"), ("Nwosu", "Adebayo-Thompson", "Okafor", "Eze", "Balogun", "Obi-Lawal")),
    (("IS",), ("Þórdís", "Sigurjón", "Guðrún", "Ásgeir", "Birna", "Hallgrímur"), ("Guðmundsdóttir", "Þorláksson", "Ægisdóttir", "Hrafnsson", "Björk", "Önundardóttir")),
    (("PL",), ("Łucja", "Świętosław", "Grażyna", "Bożydar", "Małgorzata", "Jędrzej"), ("Brzęczyszczykiewicz", "Żurawska", "Ćwikła", "Wójtowicz", "Gżegżółka", "Śliwa")),
    (("VN",), ("Nguyễn Thị", "Trần Văn", "Lê Minh", "Phạm Thu", "Đặng Quốc", "Vũ Hồng"), ("Hương", "Đức", "Khánh", "Tuyết", "Bảo", "Ngân")),
    (("DE", "AT"), ("Maximiliane", "Jürgen", "Änne", "Friedemann", "Swantje", "Götz"), ("von der Hohenwarth-Oettingen", "Größler", "Mühlenbrock", "Süßkind", "Aßmus", "Kötter")),
    (("PT", "BR"), ("João", "Beatriz", "Conceição", "Gonçalo", "Inês", "Tomé"), ("Gonçalves", "Figueiredo", "Assunção", "Magalhães", "Brandão", "Simões")),
    (("IE",), ("Siobhán", "Liam", "Caoimhe", "Ruairí", "Aoife", "Diarmuid"), ("Ní Bhriain", "O’Sullivan", "Mac Giolla", "Ó Dálaigh", "Breathnach", "O’Hanlon-Keane")),
    (("HR", "RS"), ("Željko", "Đurđa", "Šime", "Anđelka", "Živko", "Ljerka"), ("Đurđević", "Šćepanović", "Žganjer", "Čučković", "Ljubičić", "Njegovan")),
    (("TR",), ("Çağla", "İsmail", "Gülşah", "Oğuz", "Şebnem", "Yiğit"), ("Öztürkoğlu", "Çınar", "Işıkgün", "Şahinbaş", "Güngören", "Ağaoğlu")),
    (("FR", "CA"), ("Émilie", "Benoît", "Maëlle", "François-Xavier", "Zoé", "Gaëtan"), ("Lefèvre", "d’Aubervilliers", "Beauchêne", "Garçon", "Saint-Ouën", "Roÿer")),
    (("NO", "DK", "SE"), ("Ingrid", "Jens", "Åse", "Bjørn", "Sølvi", "Håkon"), ("Sørensen", "Vestergaard", "Ødegård", "Ångström-Lie", "Kjærulff", "Nygård")),
    (("IT",), ("Matteo", "Niccolò", "Chiara", "Loredana", "Giosuè", "Ornella"), ("D’Angelantonio", "Dell’Orto", "Brambilla", "Cantù", "Scognamiglio", "Lo Presti")),
    (("ID", "SG"), ("Surya", "Mei-Ling", "Dewi", "Bambang", "Ratna", "Agus"), ("", "Hartono", "Wijayakusuma", "Tanoesoedibjo-Lim", "Santoso", "Pangestuti")),
    (("CO", "PE", "MX"), ("Ana María", "Sofía", "Íñigo", "Joaquín", "Belén", "Andrés"), ("Ibáñez Cárdenas", "Quispe Mamani", "Núñez", "Muñoz-Larrañaga", "Güell", "Echeverría")),
    (("CZ", "SK"), ("Tomáš", "Šárka", "Jiří", "Ľudmila", "Zdeněk", "Růžena"), ("Dvořáček", "Křížová", "Vlček", "Hřebíková", "Štěpánek", "Žďárský")),
    (("GH", "KE"), ("Kwabena", "Priscilla", "Akosua", "Wanjirũ", "Kofi", "Njeri"), ("Asante-Mensah", "Okonjo", "Boateng", "Kamaũ", "Owusu-Ansah", "Mutua")),
    (("GB", "US"), ("Grace", "Marcus", "Hannah", "Daniel", "Imogen", "Rupert"), ("Whitcombe", "Ellery", "Brightwater", "Rosenzweig", "Fairweather-Cole", "Thistlewood")),
    (("NZ", "US"), ("Aroha", "Leilani", "Tāne", "Keoni", "Hine", "Māhealani"), ("Te Whare", "Kahananui", "Parātene", "Kealoha", "Ngāta-Gray", "Kawānanakoa")),
    (("FI", "EE"), ("Anneli", "Väinö", "Ülle", "Pirkko", "Jüri", "Sinikka"), ("Mäkikylä", "Hyvönen", "Õispuu", "Yläjääski", "Põldmäe", "Äijälä")),
    (("HU", "RO"), ("Győző", "Ágnes", "Ștefania", "Zsófia", "Ionuț", "Örs"), ("Szűcs", "Kőszeghy", "Țăranu", "Gyöngyösi", "Brâncoveanu", "Fülöp")),
)  # fmt: skip
OTHER_SCRIPTS = (
    (("JP",), ("明美", "健太郎", "さくら", "翔", "千尋", "裕子"), ("渡部", "佐々木", "小野寺", "長谷川", "五十嵐", "東海林")),
    (("KR",), ("서연", "민준", "지우", "하은", "도윤", "수아"), ("황보", "김", "선우", "박", "제갈", "최")),
    (("CN",), ("思远", "雨桐", "建国", "晓明", "佳怡", "志强"), ("欧阳", "诸葛", "王", "上官", "陈", "慕容")),
    (("GR",), ("Άννα", "Γιώργος", "Ελένη", "Θεόδωρος", "Ιωάννα", "Χρήστος"), ("Παπακωνσταντίνου", "Οικονόμου", "Καραμπέτσου", "Δημητρίου", "Ξενάκη", "Ψαρρού")),
    (("UA",), ("Олена", "Тарас", "Галина", "Юрій", "Соломія", "Іванна"), ("Шевчук-Коваленко", "Лисенко", "Щербань", "Гнатюк", "Їленко", "Опанасенко")),
    (("LB", "EG"), ("ليلى", "عبد الرحمن", "ياسمين", "خالد", "نور الهدى", "طارق"), ("الحدّاد", "السقّاف", "النجّار", "الخوري", "الشامي", "البستاني")),
    (("IL",), ("נועה", "איתן", "שירה", "יונתן", "תמר", "אורי"), ("בן־ארצי", "הר־זהב", "אלמוג", "כרמלי", "שדה", "גלבוע")),
    (("IN",), ("अनन्या", "राजेश", "प्रिया", "विक्रम", "श्रुति", "अर्जुन"), ("भट्टाचार्य", "चतुर्वेदी", "कृष्णमूर्ति", "त्रिपाठी", "श्रीवास्तव", "देशपांडे")),
    (("TH",), ("ธนพร", "สมชาย", "พิมพ์ชนก", "ณัฐวุฒิ", "กัญญารัตน์", "ชัยวัฒน์"), ("ศรีสุวรรณรัตน์", "วงศ์ประเสริฐ", "จันทร์เพ็ญ", "ทองคำ", "รุ่งเรือง", "แก้วมณี")),
    (("GE",), ("ნინო", "გიორგი", "თამარ", "ლევან", "ქეთევან", "ირაკლი"), ("ჯაფარიძე", "ბერიძე", "ჭავჭავაძე", "წერეთელი", "ღვინიაშვილი", "ყიფიანი")),
    (("IN", "LK"), ("நந்தினி", "செந்தில்", "கயல்விழி", "முருகன்", "பொன்னி", "இளங்கோ"), ("சுப்பிரமணியன்", "வேலுசாமி", "கந்தசாமி", "அருணாசலம்", "தங்கராசு", "பழனிச்சாமி")),
    (("AM",), ("Անահիտ", "Տիգրան", "Շուշան", "Վարդան", "Լուսինե", "Հայկ"), ("Հովհաննիսյան", "Պետրոսյան", "Ղազարյան", "Մկրտչյան", "Ջանջուղազյան", "Ավետիսյան")),
    (("ET",), ("ሰላም", "ዳዊት", "ብርቱካን", "ኃይሌ", "ትዕግስት", "ግርማ"), ("ተስፋዬ", "ገብረማርያም", "ወልደሚካኤል", "አበበ", "መኮንን", "ደስታ")),
    (("IR",), ("فرشته", "کامران", "نگار", "پژمان", "ژاله", "گلنار"), ("رحیمی‌نژاد", "گل‌محمدی", "چراغی", "پورحسین", "نوری‌زاده", "آذرنوش")),
    (("BD",), ("তানিয়া", "রাকিব", "শর্মিষ্ঠা", "ইমতিয়াজ", "নুসরাত", "সৌমিত্র"), ("চৌধুরী", "মজুমদার", "বন্দ্যোপাধ্যায়", "হোসেন", "ভূঁইয়া", "তালুকদার")),
)  # fmt: skip
INSTITUTIONS = (
    "Harbourside Institute of Gene Medicine", "University of Northmoor, Department of Molecular Therapeutics", "St Brendan Children’s Hospital",
    "Vectoria Biologics", "Lindqvist Centre for Cell Engineering", "Alder Valley University School of Medicine",
    "Institut des thérapies avancées de Beaurivage", "Coastal Haematology Research Unit", "Kestrel Genomics", "Meridian Eye Institute",
    "Center for Rare Disease Translation at the Eastern Bay Medical Campus of the State University", "Open Vector Core",
)  # fmt: skip
DEGREES = ("PhD", "MD", "MD, PhD", "MSc", "PharmD, PhD", "BSc", "", "DVM, PhD", "RN, MPH", "Dr. rer. nat.")
EACH = 6  # given names and family names of a culture
INITIALS = "ABCDEFGHIJKLM"  # between the names once every pair of them was used; the other half is for EVERY-th people
MORE_INITIALS = "NOPQRSTUVWXYZ"
EVERY = 4  # one person in so many writes another script


def invented(number):
    """The `number`th person, always the same: a dict for people.enter, marked as fictional."""
    given, family, country = _name(number)
    return {
        "email": f"person{number}@example.org",
        "given_name": given,
        "family_name": family,
        "degrees": DEGREES[number % len(DEGREES)],
        "institution": INSTITUTIONS[(number * 5) % len(INSTITUTIONS)],
        "country": country,
        "is_fictional": True,
    }


def _name(number):
    """(given, family, country): the ranks of both groups are counted apart, so that no pair comes twice."""
    rank, place = divmod(number, EVERY)
    if place < EVERY - 1:
        return _of(LATIN, rank * (EVERY - 1) + place, INITIALS)
    pairs = len(OTHER_SCRIPTS) * EACH**2
    return _of(OTHER_SCRIPTS, rank) if rank < pairs else _of(LATIN, rank - pairs, MORE_INITIALS, first_round=1)


def _of(cultures, rank, initials="", first_round=0):
    """The `rank`th name of all that `cultures` have: cultures in turn, then given names, each round with the next family names."""
    turn, pair = rank % len(cultures), rank // len(cultures)
    rounds, pair = divmod(pair, EACH**2)
    countries, givens, families = cultures[turn]
    given, family = givens[pair % EACH], families[(pair // EACH + pair) % EACH]
    initial = initials[(rounds + first_round - 1) % len(initials)] if rounds + first_round else ""
    return f"{given} {initial}." if initial else given, family, countries[pair % len(countries)]
