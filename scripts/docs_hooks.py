"""For mkdocs: pages of the project folder (README.zh.md, CHANGELOG.md, examples/) in the site, and links to them.

The pages are written for a reader of the files, who follows `../examples/planted.csv`. In the site such a file lies
below `project/`.
"""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
OTHERS = ("README.md", "README.zh.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", "examples/*")
# The theme fetches this for pages opened from a folder; docs/folder_worker.js does the same.
_FETCHED, _OURS = "https://unpkg.com/iframe-worker/shim", "folder_worker.js"
_LINK = re.compile(r"(\]\()([^)#:\s]+)((?:#[^)]*)?\))")


def on_files(files: Files, config: Any) -> Files:
    """The files of docs/ and those of the project that pages link to."""
    for pattern in OTHERS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                name = f"project/{path.relative_to(ROOT).as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page with its links as they go in the site."""
    here = page.file.src_uri
    source = here.removeprefix("project/") if here.startswith("project/") else f"docs/{here}"
    return _LINK.sub(lambda found: found[1] + _in_site(found[2], source, here) + found[3], markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The page without the one script that the theme would load from elsewhere."""
    return output.replace(_FETCHED, relpath(_OURS, PurePosixPath(page.url).parent.as_posix()))


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """The same for the page that a server shows where there is none."""
    return output_content.replace(_FETCHED, f"/{_OURS}")


def _in_site(link: str, source: str, here: str) -> str:
    """A link of a file of the project as a link of the site; as it stands where it leads to neither.

    >>> _in_site("../examples/planted.csv", "docs/ci.md", "ci.md")
    'project/examples/planted.csv'
    >>> _in_site("docs/audit.md", "README.zh.md", "project/README.zh.md")
    '../audit.md'
    """
    target = normpath(f"{PurePosixPath(source).parent.as_posix()}/{link}")
    if target.startswith("docs/"):
        there = target.removeprefix("docs/")
    elif any(PurePosixPath(target).match(pattern) for pattern in OTHERS):
        there = f"project/{target}"
    elif target == "examples":
        there = "project/examples/README.md"
    else:
        return link
    return relpath(there, PurePosixPath(here).parent.as_posix() or ".")
