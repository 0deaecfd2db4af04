"""filters.yaml: which filters a corpus goes through, and from where each rejects."""

from pathlib import Path
from typing import Any

from duizhao.corpora import ConfigError, DuizhaoError, LimitError
from duizhao.corpora.files import file_bytes, shown
from duizhao.metrics.filter_rules import FILTERS, Settings, read_settings

_LIMIT = 40_000  # bytes; a list of all filters has some thousand
_DEEPEST = 8  # levels; a threshold is in the second
_WANTED = "name: value, a filter a line"


def read_config(path: Path) -> Settings:
    """The settings that a YAML file gives; raises ConfigError with line and column of the mistake and the nearest name.

    Aliases are refused, and so are keys that come twice: YAML itself would take the last one silently.
    """
    import yaml

    name = shown(path)
    data = file_bytes(path)
    if len(data) > _LIMIT:
        raise LimitError(name, f"{len(data):,} bytes", f"at most {_LIMIT:,}", "Is it a file of filters?")
    try:
        text = data.decode("utf-8-sig")
        _check_events(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _check_keys(node, name)
        given = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise ConfigError(name, f"not UTF-8 (byte {error.start})", "a YAML file in UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = " ".join(str(getattr(error, "problem", None) or error).split())[:100]
        raise ConfigError(_place(name, mark), f"broken YAML ({said})", _WANTED) from error
    except DuizhaoError:
        raise
    except (RecursionError, ValueError, OverflowError, LookupError, TypeError, AttributeError) as error:
        raise ConfigError(name, "a value that YAML cannot hold", _WANTED) from error
    if isinstance(given, dict):
        _check_values(node, given, name)
    return read_settings(given, name)


def default_config() -> str:
    """All filters with their thresholds, as a file for `read_config`; what each rejects is a comment.

    >>> default_config().split("\\n")[1]
    'length: # A side is empty, or too long for a sentence or a paragraph.'
    """
    lines = ["# Filters of duizhao. What is left out keeps its default; false turns a filter off."]
    for name, each in FILTERS.items():
        limits = each.defaults()
        lines.append(f"{name}:{'' if limits else ' true'} # {each.about}")
        lines += [f"  {key}: {value:g}" for key, value in limits.items()]
    return "\n".join(lines) + "\n"


def _check_events(text: str, name: str) -> None:
    """Raise ConfigError for aliases and for depths, before anything is made of them."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise ConfigError(_place(name, event.start_mark), "an alias (*)", "the value itself")
        if depth > _DEEPEST:
            raise ConfigError(_place(name, event.start_mark), "brackets in brackets", _WANTED)


def _check_keys(node: Any, name: str) -> None:
    """Raise ConfigError where a mapping has a key that is no text, or one twice."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise ConfigError(_place(name, key.start_mark), "a key that is no name", "the name of a filter")
            if key.value in seen:
                raise ConfigError(_place(name, key.start_mark), f"{key.value[:40]!r} twice", "each name once")
            seen.add(key.value)
            _check_keys(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _check_keys(value, name)


def _check_values(node: Any, given: dict[Any, Any], name: str) -> None:
    """Raise ConfigError at the place of a filter or threshold that is wrong, each looked at alone."""
    import yaml

    for (key, value), (filter_name, limits) in zip(node.value, given.items(), strict=False):
        if filter_name in FILTERS and isinstance(limits, dict) and isinstance(value, yaml.MappingNode):
            for (inner, _), (threshold, limit) in zip(value.value, limits.items(), strict=False):
                read_settings({filter_name: {threshold: limit}}, _place(name, inner.start_mark))
        else:
            read_settings({filter_name: limits}, _place(name, key.start_mark))


def _place(name: str, mark: Any) -> str:
    return f"{name}:{mark.line + 1}:{mark.column + 1}" if mark is not None else name
