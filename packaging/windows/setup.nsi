; The installer: for this user only, without an administrator; what the office keeps (ledger, configuration, backups)
; is in other folders and is never touched. Its files are listed in ${FILES}, in an order that is the same each time.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 32
!include MUI2.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ikikec"
!define KEEPS "Buku, konfigurasi, dan cadangan kantor tetap ada di$\r$\n$LOCALAPPDATA\ikikec$\r$\n(atau di tempat yang Anda pilih sendiri) dan tidak disentuh."

Name "ikikec ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\ikikec"
RequestExecutionLevel user
BrandingText "ikikec ${VERSION}"
ManifestDPIAware true
ManifestLongPathAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "ikikec"
VIAddVersionKey FileDescription "Pemasang ikikec ${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT"

!define MUI_FINISHPAGE_TITLE "ikikec siap dipakai"
!define MUI_FINISHPAGE_TEXT "Buka lewat menu Start: ikikec. Panduannya juga di sana: Panduan ikikec."
!define MUI_FINISHPAGE_RUN "$INSTDIR\ikikec.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Buka ikikec sekarang"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "ikikec dihapus dari komputer ini. ${KEEPS}"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

; A program that runs cannot be opened for writing, so a desk that is open is told from one that is not.
!macro REFUSE_WHILE_OPEN UN
Function ${UN}RefuseWhileOpen
  again:
  IfFileExists "$INSTDIR\python\python.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\python\python.exe" a
  IfErrors open
  FileClose $0
  ClearErrors
  FileOpen $0 "$INSTDIR\python\pythonw.exe" a
  IfErrors open
  FileClose $0
  Goto closed
  open:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "ikikec sedang dibuka. Tutup dulu mejanya (ketik keluar), lalu pilih Coba lagi. Tidak ada yang berubah." /SD IDCANCEL IDRETRY again
  SetErrorLevel 5
  Quit
  closed:
FunctionEnd
!macroend
!insertmacro REFUSE_WHILE_OPEN ""
!insertmacro REFUSE_WHILE_OPEN "un."

Section
  Call RefuseWhileOpen
  ; Moved as a whole before anything is replaced: a desk that was opened just now keeps its folder, and nothing happens.
  SetOutPath "$LOCALAPPDATA"
  RMDir /r "$INSTDIR\lama"
  IfFileExists "$INSTDIR\python\*.*" 0 fresh
  ClearErrors
  Rename "$INSTDIR\python" "$INSTDIR\lama"
  IfErrors 0 fresh
  Call RefuseWhileOpen
  SetErrorLevel 5
  Quit
  fresh:
  RMDir /r "$INSTDIR\site"
  RMDir /r "$INSTDIR\panduan"
  RMDir /r "$INSTDIR\lama"
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\hapus-ikikec.exe"
  ExecWait '"$INSTDIR\python\pythonw.exe" "$INSTDIR\user_path.py" add "$INSTDIR"'

  CreateDirectory "$SMPROGRAMS\ikikec"
  SetOutPath "$DOCUMENTS"
  CreateShortcut "$SMPROGRAMS\ikikec\ikikec.lnk" "$INSTDIR\ikikec.exe" "" "" 0 SW_SHOWNORMAL "" "Buka meja ikikec"
  CreateShortcut "$SMPROGRAMS\ikikec\Panduan ikikec.lnk" "$INSTDIR\panduan\panduan.html"
  SetOutPath "$INSTDIR"

  WriteRegStr HKCU "${KEY}" DisplayName "ikikec"
  WriteRegStr HKCU "${KEY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${KEY}" Publisher "ikikec"
  WriteRegStr HKCU "${KEY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${KEY}" UninstallString '"$INSTDIR\hapus-ikikec.exe"'
  WriteRegStr HKCU "${KEY}" QuietUninstallString '"$INSTDIR\hapus-ikikec.exe" /S'
  WriteRegDWORD HKCU "${KEY}" NoModify 1
  WriteRegDWORD HKCU "${KEY}" NoRepair 1
SectionEnd

Section Uninstall
  Call un.RefuseWhileOpen
  ExecWait '"$INSTDIR\python\pythonw.exe" "$INSTDIR\user_path.py" remove "$INSTDIR"'
  ; By name, since whoever chose the folder may keep more in it.
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\site"
  RMDir /r "$INSTDIR\panduan"
  RMDir /r "$INSTDIR\lama"
  Delete "$INSTDIR\ikikec.exe"
  Delete "$INSTDIR\ikikecw.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\user_path.py"
  Delete "$INSTDIR\hapus-ikikec.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\ikikec"
  DeleteRegKey HKCU "${KEY}"
  MessageBox MB_OK|MB_ICONINFORMATION "ikikec sudah dihapus. ${KEEPS}" /SD IDOK
SectionEnd
