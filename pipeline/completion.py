"""Shell completion, made from the commands as the parser knows them."""

from argparse import REMAINDER, Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from typing import NamedTuple

PROGRAM = "news-pipeline"
SHELLS = ("bash", "zsh", "fish")


class Option(NamedTuple):
    """One thing that can be typed after a command: an option, or with no names a place for words."""

    names: tuple[str, ...]
    help: str
    takes: str  # "": nothing, "folder", "file", "words", "any"
    words: tuple[str, ...] = ()


class Command(NamedTuple):
    name: str
    help: str
    options: tuple[Option, ...]


def script(shell: str, parser: ArgumentParser, tables: tuple[str, ...] = ()) -> str:
    """What a shell is to read so that it completes the commands of ``parser``.

    :param shell: one of :data:`SHELLS`
    :param tables: the names that stand for TABLE
    """
    commands = [command._replace(options=tuple(_of(command.name, parser, tables))) for command in _commands(parser)]
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def _subparsers(parser: ArgumentParser) -> "_SubParsersAction[ArgumentParser]":
    return next(action for action in parser._actions if isinstance(action, _SubParsersAction))


def _commands(parser: ArgumentParser) -> list[Command]:
    return [Command(choice.dest, choice.help or "", ()) for choice in _subparsers(parser)._choices_actions]


def _of(command: str, parser: ArgumentParser, tables: tuple[str, ...]) -> Iterator[Option]:
    for action in _subparsers(parser).choices[command]._actions:
        if action.nargs != REMAINDER:
            yield _option(action, tables)


def _option(action: Action, tables: tuple[str, ...]) -> Option:
    names, what = tuple(action.option_strings), (action.help or "").replace("%%", "%")
    if action.nargs == 0:
        return Option(names, what, "")
    if action.choices:
        return Option(names, what, "words", tuple(map(str, action.choices)))
    if action.metavar == "TABLE":
        return Option(names, what, "words", tables)
    return Option(names, what, {"FOLDER": "folder", "FILE": "file", "PATH": "file"}.get(str(action.metavar), "any"))


# ---------------------------------------------------------------------------------------------------------------- bash


def _bash(commands: list[Command]) -> str:
    names = " ".join(command.name for command in commands)
    cases = "\n".join(line for command in commands for line in _bash_cases(command))
    return f"""# bash completion of {PROGRAM}:  source <({PROGRAM} completion bash)
_news_pipeline() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    {_bash_reply("", names + " --help --version")}; return
  fi
  case "$command $before" in
{cases}
  esac
}}
complete -F _news_pipeline {PROGRAM}
"""


def _bash_cases(command: Command) -> Iterator[str]:
    """First what may follow an option, then what may stand anywhere: options, and words or files."""
    for option in command.options:
        if option.names and option.takes:
            before = "|".join(f'"{command.name} {name}"' for name in option.names)
            yield f"    {before}) {_bash_values(option, '')};;"
    names = " ".join(name for option in command.options for name in option.names)
    places = [option for option in command.options if not option.names]
    values = _bash_values(places[0], names) if places else _bash_reply("", names)
    yield f'    "{command.name} "*) {values};;'


def _bash_values(option: Option, names: str) -> str:
    words = " ".join((*option.words, *names.split()))
    if option.takes in ("file", "folder"):
        kind = "-d" if option.takes == "folder" else "-f"
        return "compopt -o filenames; " + _bash_reply(kind, words)
    return _bash_reply("", words) if words else "COMPREPLY=()"


def _bash_reply(kind: str, words: str) -> str:
    return f'mapfile -t COMPREPLY < <(compgen {kind} -W "{words}" -- "$word")'


# ----------------------------------------------------------------------------------------------------------------- zsh


def _zsh(commands: list[Command]) -> str:
    names = "\n".join(f"    {_quoted(_plain(c.name) + ':' + c.help)}" for c in commands)
    cases = "\n".join(
        f"    {c.name}) _arguments " + " ".join(_quoted(spec) for o in c.options for spec in _zsh_specs(o)) + ";;"
        for c in commands
    )
    return f"""#compdef {PROGRAM}
# zsh completion of {PROGRAM}:  source <({PROGRAM} completion zsh)
_news_pipeline() {{
  local -a commands=(
{names}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{cases}
  esac
}}
compdef _news_pipeline {PROGRAM}
"""


def _zsh_specs(option: Option) -> Iterator[str]:
    values = {"folder": "_files -/", "file": "_files", "words": f"({' '.join(option.words)})"}.get(option.takes, " ")
    if not option.names:
        yield f"*:{_plain(option.help) or 'value'}:{values}"
    for name in option.names:
        yield f"{name}[{_plain(option.help)}]" + (f":value:{values}" if option.takes else "")


def _plain(words: str) -> str:
    """``words`` without the signs that have a meaning to _arguments."""
    return words.replace("[", "(").replace("]", ")").replace(":", " -")


# ---------------------------------------------------------------------------------------------------------------- fish


def _fish(commands: list[Command]) -> str:
    lines = [f"# fish completion of {PROGRAM}:  {PROGRAM} completion fish | source", f"complete -c {PROGRAM} -f"]
    for command in commands:
        lines.append(f"complete -c {PROGRAM} -n __fish_use_subcommand -a {command.name} -d {_quoted(command.help)}")
        lines += [f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {command.name}'{_fish_option(option)}"
                  for option in command.options]  # fmt: skip
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    names = "".join(f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}" for name in option.names)
    values = {
        "": "",
        "any": " -x",
        "file": " -r -F" if option.names else " -F",
        "folder": " -x -a '(__fish_complete_directories)'",
        "words": f"{' -x' if option.names else ''} -a {_quoted(' '.join(option.words))}",
    }[option.takes]
    return f"{names}{values}" + (f" -d {_quoted(option.help)}" if option.help else "")


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "’") + "'"
