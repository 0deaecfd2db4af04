"""How much each feature of a bead counts: learned by benchmarks/train_aligner.py, which wrote this."""

# feature: weight in the first round, in the second
WEIGHTS_LONE = {
    "alone": (-6.03, -3.86),
    "typical": (8.93, 4.59),
    "best match": (1.52, 2.60),
    "log length": (-0.54, -0.64),
    "best words": (-0.81, -0.89),
    "no full stop": (0.33, 0.27),
}
WEIGHTS_PAIRED = {
    "type 1-1": (1.54, 0.76),
    "type 1-2": (2.03, 1.50),
    "type 2-1": (2.47, 1.79),
    "type 1-n": (2.36, 1.83),
    "type 2-2": (2.40, 1.51),
    "type n-m": (2.60, 1.77),
    "similarity": (13.68, 13.58),
    "similarity × size": (5.16, 4.80),
    "beside": (-0.10, -0.29),
    "beside × size": (-1.44, -1.43),
    "typical": (-3.64, -3.41),
    "words en": (5.52, 6.77),
    "words zh": (5.24, 4.45),
    "words × size": (0.96, 1.02),
    "words beside": (-1.65, -1.45),
    "clauses en": (-0.63, 0.15),
    "clauses zh": (2.82, 2.13),
    "clauses × size": (0.36, 0.48),
    "length ratio": (-0.16, -0.56),
    "length deviation": (-0.69, -0.64),
    "same stop": (1.25, 1.18),
    "other stop": (1.09, 0.94),
    "quote on one side": (0.14, 0.05),
    "no full stop en": (2.02, 1.53),
    "no full stop zh": (-0.04, 0.27),
    "inner en": (1.05, 0.60),
    "inner zh": (-3.37, -2.67),
    "least en": (2.80, 3.85),
    "least zh": (4.00, 2.83),
}
# How much the usual shares of bead types in this very text count in the second round.
USUAL = {"alone": 0.45, "1-1": -1.75, "other": 0.53}
