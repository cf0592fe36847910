# Kata yang dipakai oleh teks lain.

track-name = { $track ->
    [business] usaha dan manajerial
   *[organisation] kelembagaan
  }

title-name = { $title ->
    [ketua] Ketua
    [wakil_ketua] Wakil Ketua
    [wakil_ketua_usaha] Wakil Ketua Bidang Usaha
    [wakil_ketua_anggota] Wakil Ketua Bidang Anggota
    [sekretaris] Sekretaris
    [bendahara] Bendahara
    [ketua_pengawas] Ketua Pengawas
    [anggota_pengawas] Anggota Pengawas
   *[manajer] Manajer
  }

state-name = { $state ->
    [pending] menunggu persetujuan
    [waitlisted] daftar tunggu
    [offered] ada kursi yang ditawarkan
    [lapsed] daftar tunggunya sudah berakhir
    [refused] tidak disetujui
    [completed] selesai
    [partial] hadir sebagian
    [absent] tidak hadir
    [cancelled] dibatalkan
   *[confirmed] terdaftar
  }
