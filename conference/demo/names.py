"""Names of people who do not exist, in the scripts that a world meeting prints: (given, family, country)."""

LATIN = (
    ("Adaeze", "Nwosu", "NG"), ("Þórdís", "Guðmundsdóttir", "IS"), ("Łucja", "Brzęczyszczykiewicz", "PL"),
    ("Nguyễn Thị", "Hương", "VN"), ("Maximiliane", "von der Hohenwarth-Oettingen", "DE"), ("João", "Gonçalves", "PT"),
    ("Siobhán", "Ní Bhriain", "IE"), ("Željko", "Đurđević", "HR"), ("Çağla", "Öztürkoğlu", "TR"), ("Émilie", "Lefèvre", "FR"),
    ("Ingrid", "Sørensen", "NO"), ("Matteo", "D’Angelantonio", "IT"), ("Sukarno", "", "ID"), ("Ana María", "Ibáñez Cárdenas", "CO"),
    ("Tomáš", "Dvořáček", "CZ"), ("Kwabena", "Asante-Mensah", "GH"), ("Priscilla", "Okonjo", "KE"), ("Liam", "O’Sullivan", "IE"),
    ("Grace", "Whitcombe", "GB"), ("Marcus", "Ellery", "US"), ("Leilani", "Kahananui", "US"), ("Beatriz", "Figueiredo", "BR"),
    ("Oluwaseun", "Adebayo-Thompson", "NG"), ("Hannah", "Brightwater", "US"), ("Daniel", "Rosenzweig", "US"), ("Mei-Ling", "Hartono", "SG"),
    ("Aroha", "Te Whare", "NZ"), ("Sofía", "Quispe Mamani", "PE"), ("Jens", "Vestergaard", "DK"), ("Anneli", "Mäkikylä", "FI"),
)  # fmt: skip
OTHER_SCRIPTS = (
    ("明美", "渡部", "JP"), ("서연", "황보", "KR"), ("思远", "欧阳", "CN"), ("雅婷", "司徒", "TW"), ("Άννα", "Παπακωνσταντίνου", "GR"),
    ("Олена", "Шевчук-Коваленко", "UA"), ("Дмитрий", "Белозерский", "KZ"), ("ليلى", "الحدّاد", "LB"), ("عبد الرحمن", "السقّاف", "EG"),
    ("נועה", "בן־ארצי", "IL"), ("अनन्या", "भट्टाचार्य", "IN"), ("ธนพร", "ศรีสุวรรณรัตน์", "TH"), ("நந்தினி", "சுப்பிரமணியன்", "IN"),
    ("ნინო", "ჯაფარიძე", "GE"), ("Անահիտ", "Հովհաննիսյան", "AM"), ("ሰላም", "ተስፋዬ", "ET"), ("فرشته", "رحیمی‌نژاد", "IR"), ("তানিয়া", "চৌধুরী", "BD"),
)  # fmt: skip
INSTITUTIONS = (
    "Harbourside Institute of Gene Medicine", "University of Northmoor, Department of Molecular Therapeutics", "St Brendan Children’s Hospital",
    "Vectoria Biologics", "Lindqvist Centre for Cell Engineering", "Alder Valley University School of Medicine",
    "Institut des thérapies avancées de Beaurivage", "Coastal Haematology Research Unit", "Kestrel Genomics", "Meridian Eye Institute",
    "Center for Rare Disease Translation at the Eastern Bay Medical Campus of the State University", "Open Vector Core",
)  # fmt: skip
DEGREES = ("PhD", "MD", "MD, PhD", "MSc", "PharmD, PhD", "BSc", "", "DVM, PhD", "RN, MPH", "Dr. rer. nat.")


def invented(number):
    """The `number`th person, always the same: a dict for people.enter, marked as fictional."""
    pool = OTHER_SCRIPTS if number % 4 == 3 else LATIN
    given, family, country = pool[(number // 4 * 3 + number) % len(pool)]
    around = number // (len(pool) * 4)
    if around:  # after every name was used once: given and family names are mixed anew
        family = pool[(number + around * 7) % len(pool)][1] or family
    return {
        "email": f"person{number}@example.org",
        "given_name": given,
        "family_name": family,
        "degrees": DEGREES[number % len(DEGREES)],
        "institution": INSTITUTIONS[(number * 5) % len(INSTITUTIONS)],
        "country": country,
        "is_fictional": True,
    }
