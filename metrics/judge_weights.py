"""Weights of the evidence; written by benchmarks/train_judge.py."""

BIAS = -4.359
WEIGHTS = {
    "confidence": 2.563,
    "similarity": -0.8915,
    "log_papers": 0.2307,
    "top_share": 1.055,
    "top_dice": 1.551,
    "log_written": -0.1926,
    "unwritten": 0.6792,
    "like_top": -0.5085,
    "alike": -2.267,
    "around": -0.9846,
    "of_another": 1.608,
    "one_word": -0.5155,
    "common_word": -0.4154,
    "verb_form": -0.1622,
    "seen_share": -0.8161,
    "of_field": 2.568,
    "listed": 1.531,
}
