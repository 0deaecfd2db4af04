"""duizhao 对照: Chinese-English documents set side by side, audited, and their mismatches listed."""

__version__ = "0.1.0"

__all__ = ["__version__"]
