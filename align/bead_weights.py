"""How much each feature of a bead counts: learned by benchmarks/train_aligner.py, which wrote this."""

# feature: weight in the first round, in the second
_LONE = {
    "alone": (-6.07, -4.04),
    "typical": (8.93, 4.69),
    "best match": (1.48, 2.50),
    "log length": (-0.54, -0.65),
    "best words": (-0.60, -1.13),
    "no full stop": (0.35, 0.28),
}
_PAIRED = {
    "type 1-1": (1.55, 0.81),
    "type 1-2": (2.04, 1.54),
    "type 2-1": (2.46, 1.80),
    "type 1-n": (2.34, 1.85),
    "type 2-2": (2.38, 1.52),
    "type n-m": (2.58, 1.80),
    "similarity": (13.74, 13.61),
    "similarity × size": (5.15, 4.83),
    "beside": (-0.16, -0.33),
    "beside × size": (-1.40, -1.43),
    "typical": (-3.66, -3.44),
    "words en": (6.78, 7.93),
    "words zh": (6.15, 5.54),
    "words × size": (1.06, 0.98),
    "words beside": (-1.82, -1.68),
    "clauses en": (-0.39, 0.44),
    "clauses zh": (2.73, 2.00),
    "clauses × size": (0.43, 0.55),
    "length ratio": (-0.17, -0.54),
    "length deviation": (-0.69, -0.63),
    "same stop": (1.23, 1.17),
    "other stop": (1.07, 0.93),
    "quote on one side": (0.13, 0.05),
    "no full stop en": (1.99, 1.53),
    "no full stop zh": (-0.05, 0.27),
    "inner en": (1.02, 0.59),
    "inner zh": (-3.31, -2.68),
    "least en": (2.80, 3.79),
    "least zh": (3.95, 2.74),
}
WEIGHTS_LONE, WEIGHTS_PAIRED = _LONE, _PAIRED
# How much the usual shares of bead types in this very text count in the second round.
USUAL = {"alone": 0.63, "1-1": -1.70, "other": 0.53}
