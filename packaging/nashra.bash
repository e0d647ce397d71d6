# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for bash. Commands and options are asked of nashra itself, so that this file knows none of them.

_nashra() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="$("$1" --help 2>/dev/null | sed -nE 's/^  ([a-z]+) .*/\1/p' | grep -vx nashra) --help --version"
  elif [[ $before == --* ]]; then
    # The values that the help names: --region gulf|egypt|levant|maghreb|morocco.
    words=$("$1" "$command" --help 2>/dev/null | grep -oE -- "$before [a-z]+(\|[a-z]+)+" | cut -d ' ' -f 2 | tr '|' ' ')
  elif [[ $word == -* ]]; then
    words=$("$1" "$command" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]+' | sort -u)
  fi
  if [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _nashra nashra
