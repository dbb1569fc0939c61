"""The completion scripts, one a shell. Each asks the program itself, and shows files where it answers ``:berkas``."""

_BASH = r"""# ikikec: pelengkapan untuk bash
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
"""

_ZSH = r"""#compdef ikikec
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
"""

_FISH = r"""# ikikec: pelengkapan untuk fish
function __ikikec_lengkapi
    set -l kata (commandline -opc)
    set -l belum (commandline -ct)
    set -lx IKIKEC_LENGKAPI fish
    set -lx IKIKEC_BELUM (string unescape -- $belum; or echo $belum)
    set -l usul ($kata[1] $kata[2..-1] 2>/dev/null)
    if test "$usul[1]" = :berkas
        __fish_complete_path $belum
    else if set -q usul[1]
        printf '%s\n' $usul
    end
end
complete --command ikikec --no-files --keep-order --arguments '(__ikikec_lengkapi)'
"""

_POWERSHELL = r"""# ikikec: pelengkapan untuk PowerShell
Register-ArgumentCompleter -Native -CommandName ikikec -ScriptBlock {
    param($belum, $baris, $letak)
    $kata = @($baris.CommandElements | Where-Object { $_.Extent.EndOffset -lt $letak } | ForEach-Object {
        if ($null -ne $_.Value) { [string]$_.Value } else { $_.Extent.Text }
    })
    $program = $kata[0]
    $sisa = @($kata | Select-Object -Skip 1)
    $env:IKIKEC_LENGKAPI = 'powershell'
    $env:IKIKEC_BELUM = $belum.Trim('"', "'")
    try {
        & $program @sisa 2>$null | Where-Object { $_ -ne ':berkas' } | ForEach-Object {
            $nilai, $bantuan = $_ -split "`t", 2
            if (-not $bantuan) { $bantuan = $nilai }
            $tulis = if ($nilai -match '\s') { "'" + $nilai.Replace("'", "''") + "'" } else { $nilai }
            [System.Management.Automation.CompletionResult]::new($tulis, $nilai, 'ParameterValue', $bantuan)
        }
    } finally {
        Remove-Item Env:IKIKEC_LENGKAPI, Env:IKIKEC_BELUM -ErrorAction SilentlyContinue
    }
}
"""

SKRIP = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}
