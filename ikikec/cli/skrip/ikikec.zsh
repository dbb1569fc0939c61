#compdef ikikec
# ikikec: pelengkapan untuk zsh
_ikikec() {
    local -a usul
    usul=("${(@f)$(IKIKEC_LENGKAPI=zsh IKIKEC_BELUM="${(Q)PREFIX}" \
        ${~words[1]} "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
    if [[ "$usul[1]" == :berkas ]]; then
        _files
    elif [[ -n "$usul[1]" ]]; then
        _describe -V ikikec usul
    fi
}
if [[ "$funcstack[1]" == _ikikec ]]; then
    _ikikec "$@"
else
    compdef _ikikec ikikec
fi
