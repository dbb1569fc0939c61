# ikikec: pelengkapan untuk bash
_ikikec() {
    local satu program="${1/#\~/$HOME}"
    COMPREPLY=()
    while IFS= read -r satu; do
        COMPREPLY+=("$satu")
    done < <(IKIKEC_LENGKAPI=bash IKIKEC_BELUM="${COMP_WORDS[COMP_CWORD]}" \
        "$program" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
    if [[ "${COMPREPLY[0]-}" == :berkas ]]; then
        COMPREPLY=()
        compopt -o default 2>/dev/null
    fi
}
complete -o nosort -F _ikikec ikikec 2>/dev/null || complete -F _ikikec ikikec
