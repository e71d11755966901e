"""What the demo's programme speaks about: invented studies in real fields, put together from parts."""

TRACKS = (
    ("Viral vectors", "#1f5fa8"), ("Gene editing", "#8a4fa3"), ("Cell therapy", "#2f7d4f"), ("Blood and immunity", "#a33d3d"),
    ("Eye and ear", "#0f7b7b"), ("Muscle and nerve", "#b3541e"), ("Translation and ethics", "#5c6470"), ("Education", "#7a6a12"),
)  # fmt: skip
ROOMS = (
    "Ballroom I",
    "Ballroom II",
    "Hall A",
    "Hall B",
    "Room 301",
    "Room 302",
    "Room 307",
    "Room 314",
    "Room 318",
    "Room 321",
    "Room 324",
    "Room 327",
    "Room 330",
    "Room 333",
    "Harbour suite",
    "Poster hall",
)
KINDS = (
    ("Oral abstracts", "Talk", 15),
    ("Scientific symposium", "Invited talk", 25),
    ("Education session", "Lecture", 30),
    ("Workshop", "Hands-on", 45),
)
WHAT = (
    "Durable expression", "Dose finding", "Five-year follow-up", "Early safety", "Off-target mapping", "A scalable process", "Immune responses",
    "Tissue tropism", "Single-cell atlas", "Patient-reported outcomes", "Natural history", "Re-administration", "Potency assays", "Biodistribution",
)  # fmt: skip
OF = (
    "an AAV9 vector", "base-edited haematopoietic stem cells", "a lentiviral vector with insulators", "CD19 CAR T cells made in two days",
    "lipid nanoparticles aimed at the lung", "prime editing in hepatocytes", "a dual-vector otoferlin therapy", "gene-modified regulatory T cells",
    "an engineered capsid for muscle", "in vivo CAR programming", "allogeneic natural killer cells", "mRNA-encoded Cas12",
)  # fmt: skip
FOR = (
    "sickle cell disease", "Duchenne muscular dystrophy", "haemophilia B", "inherited retinal dystrophy", "X-linked myotubular myopathy",
    "congenital deafness", "lupus nephritis", "ornithine transcarbamylase deficiency", "relapsed lymphoma", "spinal muscular atrophy", "cystic fibrosis",
)  # fmt: skip
HEADS = (
    "From bench to bedside",
    "New tools",
    "Late results",
    "Making it safe",
    "Making it reach everyone",
    "What we learned",
    "Open questions",
)


def title_of(number):
    """The title of the `number`th invented study."""
    what, of, for_ = (
        WHAT[number % len(WHAT)],
        OF[(number * 5 + number // 14) % len(OF)],
        FOR[(number * 3 + number // 9) % len(FOR)],
    )
    return f"{what} of {of} in {for_}"


def abstract_of(number):
    """A short structured abstract for it; numbers are made up and say so by being round."""
    of, for_ = OF[(number * 5 + number // 14) % len(OF)], FOR[(number * 3 + number // 9) % len(FOR)]
    people, share = 10 + number % 50, 40 + number * 7 % 55
    return (
        f"Background: people with {for_} have few lasting treatments. We asked whether {of} could help.\n\n"
        f"Methods: {people} participants at {2 + number % 5} centres were followed for {6 + number % 7 * 6} months; the protocol was agreed "
        f"with patient organisations beforehand.\n\n"
        f"Results: {share}% reached the primary endpoint. Most adverse events were mild and passed within two weeks.\n\n"
        f"Conclusion: {of} deserves a larger trial. This study is invented and serves as an example."
    )
