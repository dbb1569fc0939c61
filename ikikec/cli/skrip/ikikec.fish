# ikikec: pelengkapan untuk fish
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
